// Draws each [data-chart] from its JSON option; redraws after a swap, a change of theme or size, and for print.
import { init, use } from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

// The same six in _theme.css (--series-1 ...); told apart by people with any of the common colour deficiencies
const LIGHT = ["#0b66b0", "#c4540a", "#0a7f5c", "#a2487f", "#6a5d00", "#4a4f57"];
const DARK = ["#62b0f0", "#f09a4a", "#3cc79c", "#e394c4", "#d3c24a", "#b4bac3"];
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const isDark = () => (root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : dark.matches);
const drawn = new Map();

function theme(night) {
  const ink = night ? "#c9d1da" : "#4b5563";
  const line = night ? "#39424d" : "#e2e6ea";
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: ink, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: ink, fontSize: 12, align: "left" },
  };
  return {
    color: night ? DARK : LIGHT,
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    tooltip: {
      backgroundColor: night ? "#232a33" : "#ffffff",
      borderColor: line,
      textStyle: { color: night ? "#eef1f4" : "#1f2933", fontSize: 13 },
      axisPointer: { lineStyle: { color: ink }, crossStyle: { color: ink } },
    },
  };
}

function draw(box, night = isDark()) {
  const option = JSON.parse(document.getElementById(`${box.id}-option`).textContent);
  const number = new Intl.NumberFormat(root.lang);
  option.tooltip.valueFormatter = (value) => (value == null ? "–" : number.format(value));
  for (const name of ["xAxis", "yAxis"]) {
    if (option[name].type === "value") option[name].axisLabel = { formatter: (value) => number.format(value) };
  }
  drawn.get(box)?.chart.dispose();
  const chart = init(box, theme(night), { renderer: "canvas" });
  chart.setOption(option);
  const sized = new ResizeObserver(() => chart.isDisposed() || chart.resize());
  sized.observe(box);
  drawn.get(box)?.sized.disconnect();
  drawn.set(box, { chart, sized });
}

function drawAll(within = document, night) {
  within.querySelectorAll("[data-chart]").forEach((box) => draw(box, night));
}

function forget() {
  for (const [box, { chart, sized }] of drawn) {
    if (box.isConnected) continue;
    sized.disconnect();
    chart.dispose();
    drawn.delete(box);
  }
}

drawAll();
dark.addEventListener("change", () => drawAll());
new MutationObserver(() => drawAll()).observe(root, { attributeFilter: ["data-bs-theme"] });
document.addEventListener("htmx:load", () => {
  forget();
  document.querySelectorAll("[data-chart]").forEach((box) => drawn.has(box) || draw(box));
});
window.addEventListener("beforeprint", () => drawAll(document, false));
window.addEventListener("afterprint", () => drawAll());
