"""Log in and out, second factor, password, and the choice of post. The steps are allauth's, the pages are ours.

None records a fact, and the journal must not wait while a password is hashed, so all are `not_once`.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jiahe.journal.once import not_once
from jiahe.staff import accounts, session
from jiahe.staff.doors import CONFIRMED, door
from jiahe.staff.forms.account import CodeForm, ConfirmForm, LogInForm, PasswordForm, SetUpForm
from jiahe.staff.problems import NoSuchPost
from jiahe.staff.request import StaffRequest
from jiahe.staff.views import choices
from jiahe.ui.respond import redirect

_confirm = ReauthenticateView.as_view(form_class=ConfirmForm, template_name="staff/confirm.html")
_second_factor = IndexView.as_view(template_name="staff/second_factor.html")
_enter_code = AuthenticateView.as_view(form_class=CodeForm, template_name="staff/enter_code.html")
_set_up = ActivateTOTPView.as_view(form_class=SetUpForm, template_name="staff/set_up.html")
_replace = DeactivateTOTPView.as_view(template_name="staff/replace_second_factor.html")
_codes = ViewRecoveryCodesView.as_view(template_name="staff/recovery_codes.html")
_new_codes = GenerateRecoveryCodesView.as_view(template_name="staff/new_recovery_codes.html")


@door(public=True)
@not_once
@sensitive_post_parameters("password")
def log_in(request: StaffRequest) -> HttpResponse:
    """User name and password. In the demo, and only there, the accounts are listed below."""
    listed = {"demo_accounts": _demo_accounts(request), "demo_password": accounts.DEMO_PASSWORD}
    shown = LoginView.as_view(
        form_class=LogInForm, template_name="staff/log_in.html", extra_context=listed if request.policy.demo else {}
    )
    return _answered(request, shown(request))


@door(public=True)
@not_once
@require_POST
def log_out(request: StaffRequest) -> HttpResponse:
    """Ends the session, or a log-in begun; the browser is told to forget what it kept of us."""
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@door(public=True)
@not_once
def enter_code(request: StaffRequest) -> HttpResponse:
    """The second factor, after the password."""
    return _answered(request, _enter_code(request))


@door(signed_in=True)
@not_once
@sensitive_post_parameters("password")
def confirm(request: StaffRequest) -> HttpResponse:
    """The password again, some time after log-in, before an account matter."""
    return _answered(request, _confirm(request))


@door(signed_in=True)
@not_once
def second_factor(request: StaffRequest) -> HttpResponse:
    """Which second factor is set up, and what can be done with it."""
    return _second_factor(request)


@door(signed_in=True)
@not_once
def set_up(request: StaffRequest) -> HttpResponse:
    """Connect an app that shows codes."""
    if request.method == "GET" and _has_second_factor(request):
        return redirect("mfa_index")
    return _answered(request, _set_up(request))


@door(signed_in=True)
@not_once
def replace(request: StaffRequest) -> HttpResponse:
    """Disconnect the app, to connect another; until then nothing else opens."""
    response = _answered(request, _replace(request))
    if not _has_second_factor(request):
        request.session.pop(CONFIRMED, None)
    return response


@door(signed_in=True)
@not_once
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """The codes for the day the phone is gone; shown once."""
    return _codes(request)


@door(signed_in=True)
@not_once
def new_recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make new recovery codes; the old ones end."""
    return _answered(request, _new_codes(request))


@door(signed_in=True)
@not_once
@sensitive_post_parameters("current_password", "password", "password_again")
def password(request: StaffRequest) -> HttpResponse:
    """Change the password."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        accounts.change_password(request.user, form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        return redirect("staff:account", _("Your password is changed."))
    context = {"form": form, "forced": request.user.one_time_until}
    return _answered(request, render(request, "staff/password.html", context))


@door(signed_in=True)
@not_once
def account(request: StaffRequest) -> HttpResponse:
    """The officer's own account: name, posts, password, second factor."""
    return render(request, "staff/account.html", {"held": _held(request), "second_factor": _has_second_factor(request)})


@door(signed_in=True)
@not_once
def choose_post(request: StaffRequest) -> HttpResponse:
    """Which post to act in; POST chooses, and leads to the page `next`. Raises NoSuchPost for one he does not hold."""
    if request.method != "POST":
        return render(request, "staff/choose_post.html", {"held": _held(request)})
    try:
        post = UUID(request.POST.get("post", ""))
    except ValueError as error:
        raise NoSuchPost from error
    if not session.choose(request.session, request.holdings, post):
        raise NoSuchPost
    page = request.POST.get("next", "")
    return redirect(page if url_has_allowed_host_and_scheme(page, None) else "/")


def _answered(request: StaffRequest, response: HttpResponse) -> HttpResponse:
    """A form shown again was refused: 422, as everywhere in the house."""
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


def _held(request: StaffRequest) -> list[dict[str, object]]:
    areas = choices.area_names((one.area for one in request.holdings), on=session.civil_day(request.at))
    return [
        {
            "holding": holding,
            "area": areas[holding.area],
            "role": request.policy.roles.get(holding.role),
            "current": request.acting is not None and request.acting.post == str(holding.post),
        }
        for holding in request.holdings
    ]


def _has_second_factor(request: StaffRequest) -> bool:
    return accounts.has_second_factor(request.user)


def _demo_accounts(request: StaffRequest) -> list[dict[str, object]]:
    today = session.civil_day(request.at)
    found = accounts.demo_accounts(on=today)
    areas = choices.area_names((one.area for one in found), on=today)
    return [
        {"username": one.username, "role": request.policy.roles[one.role], "area": areas[one.area]}
        for one in found
        if one.role in request.policy.roles
    ]
