"""Icons drawn for this house on a 24 x 24 grid, inline so that they need no request; named as in Tabler's set."""

ICONS: dict[str, str] = {
    "adjustments": (
        '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>'
    ),
    "alert-triangle": '<path d="M12 4 21 19.5H3Z"/><path d="M12 10v4.5M12 17v.01"/>',
    "arrow-left": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "baby": (
        '<circle cx="12" cy="12" r="8"/>'
        '<path d="M9.5 11v.01M14.5 11v.01M9.5 14.5c1.5 1.6 3.5 1.6 5 0M12 4c-1 1.2-.3 2.4 1 2.4"/>'
    ),
    "baby-carriage": (
        '<path d="M12 4v7H4.5a7.5 7 0 0 1 7.5-7ZM4.5 11c0 4 3 6 6.5 6h2c3.5 0 5.5-2.5 5.5-6M12 11h6.5l1.5-4h2"/>'
        '<circle cx="8.5" cy="20" r="1.5"/><circle cx="15.5" cy="20" r="1.5"/>'
    ),
    "book": (
        '<path d="M12 6.5C10 5 7 4.5 3.5 4.5v13.5c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5C17 4.5 14 5 12 6.5Z'
        'M12 6.5V20"/>'
    ),
    "building": '<path d="M4 20V9l8-5 8 5v11Z"/><path d="M12 9.5v5M9.5 12h5M9.5 20v-2.5h5V20"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "chart-bar": '<path d="M4 20h16M6.5 20v-7M12 20V5M17.5 20v-11"/>',
    "chart-line": '<path d="M4 4v16h16"/><path d="m7.5 15 4-4.5 3 2.5 5-6"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "checklist": '<rect x="5" y="4.5" width="14" height="16" rx="2"/><path d="M9 3h6v3H9ZM8.5 13l2.4 2.4 4.6-4.8"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
    "chevron-left": '<path d="m14.5 6-6 6 6 6"/>',
    "chevron-right": '<path d="m9.5 6 6 6-6 6"/>',
    "clipboard": '<path d="M5 4h11.5L19 6.5V20H5Z"/><path d="M8.5 9h7M8.5 12.5h7M8.5 16H12"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.2 2"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15"/>',
    "eye": (
        '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5S19 7.5 21.5 12C19 16.5 15.7 18.5 12 18.5S5 16.5 2.5 12Z"/>'
        '<circle cx="12" cy="12" r="3"/>'
    ),
    "filter": '<path d="M4 5.5h16L14 13v6l-4-2v-4Z"/>',
    "heart": (
        '<path d="M12 20C6 15.5 3.5 12.5 3.5 9.3a4.3 4.3 0 0 1 8.5-1.3 4.3 4.3 0 0 1 8.5 1.3'
        'C20.5 12.5 18 15.5 12 20Z"/>'
    ),
    "history": '<path d="M4.5 5v4.5H9"/><path d="M4.8 9.3a8 8 0 1 1-.6 4.2M12 8v4.3l3 1.7"/>',
    "home": '<path d="m3.5 12 8.5-8 8.5 8"/><path d="M6 10v10h12V10M10 20v-5.5h4V20"/>',
    "hourglass": (
        '<path d="M7 3.5h10M7 20.5h10M8 3.5c0 4.5 2 6 4 8.5 2-2.5 4-4 4-8.5M8 20.5c0-4.5 2-6 4-8.5 2 2.5 4 4 4 8.5"/>'
    ),
    "id-badge": (
        '<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="11" r="2"/>'
        '<path d="M6 16c.3-1.6 1.5-2.5 3-2.5s2.7.9 3 2.5M15 10h3M15 14h3"/>'
    ),
    "info-circle": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v5M12 8v.01"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3"/>',
    "language": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17"/>',
    "layout-dashboard": (
        '<rect x="4" y="4" width="7" height="9" rx="1.5"/><rect x="13" y="4" width="7" height="5" rx="1.5"/>'
        '<rect x="4" y="15" width="7" height="5" rx="1.5"/>'
        '<rect x="13" y="11" width="7" height="9" rx="1.5"/>'
    ),
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "login": '<path d="M13 4.5h5.5v15H13"/><path d="M4 12h10M10 8l4 4-4 4"/>',
    "logout": '<path d="M11 4.5H5.5v15H11"/><path d="M9.5 12h10.5M16 8l4 4-4 4"/>',
    "map": '<path d="M4 6.5 9.5 4l5 2.5L20 4v13.5L14.5 20l-5-2.5L4 20Z"/><path d="M9.5 4v13.5M14.5 6.5V20"/>',
    "map-pin": (
        '<path d="M12 21c-4.5-4.5-7-7.7-7-11a7 7 0 0 1 14 0c0 3.3-2.5 6.5-7 11Z"/><circle cx="12" cy="10" r="2.5"/>'
    ),
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10Z"/>',
    "move-in": '<path d="M13 4.5h5.5v15H13"/><path d="M4 12h10M10 8l4 4-4 4"/>',
    "move-out": '<path d="M11 4.5H5.5v15H11"/><path d="M9.5 12h10.5M16 8l4 4-4 4"/>',
    "pencil": '<path d="M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5ZM13.5 7l3.5 3.5"/>',
    "phone": (
        '<path d="'
        'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1.5 1.5 0 0 1-1.5 1.5A15 15 0 0 1 3.5 5.5 1.5 1.5 0 0 1 5 4Z"/'
        ">"
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "printer": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7Z"/>',
    "refresh": '<path d="M19.5 11A7.5 7.5 0 0 0 5.6 8.5M4.5 13a7.5 7.5 0 0 0 13.9 2.5M5 4.5v4h4M19 19.5v-4h-4"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "shield-check": (
        '<path d="M12 3.5 19.5 6v5.5c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9V6Z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>'
    ),
    "sun": (
        '<circle cx="12" cy="12" r="3.5"/>'
        '<path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"/>'
    ),
    "switch-horizontal": '<path d="M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19"/>',
    "trash": '<path d="M4.5 7h15M10 11v5.5M14 11v5.5M6.5 7l1 13h9l1-13M9.5 7V4h5v3"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 19h15"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4.5 3.3-7 7.5-7s7.5 2.5 7.5 7"/>',
    "user-plus": '<circle cx="9.5" cy="8" r="3.5"/><path d="M3 20c0-4 3-6 6.5-6s6.5 2 6.5 6M19 8v6M16 11h6"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.5"/>'
        '<path d="M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2.2.8 3.5 2.6 3.5 5.4"/>'
    ),
    "wifi-off": (
        '<path d="M3 3l18 18M4 9.5c1.2-1 2.6-1.8 4-2.3M11.5 6.2c3.2-.1 6.2 1.1 8.5 3.3'
        'M7.5 13.5c.9-.8 2-1.3 3-1.5M12 18v.01"/>'
    ),
    "x": '<path d="M6 6l12 12M18 6 6 18"/>',
}
