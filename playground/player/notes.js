// What stands still on the charts' layer: titles, names of lines, thresholds and flags.

export class ChartNotes {
  /** `view` is the ChartsView: its `notes` layer, its step scale `x`, `scene`, `shows` and `hooks`. */
  constructor(view) {
    this.view = view;
    this.layer = view.notes;
  }

  annotate(chart, frame, place) {
    const head = svg("text", { class: "pgp-title", x: frame.left, y: frame.top - 9 }, this.layer);
    head.textContent = chart.title;
    if (chart.log) svg("tspan", { class: "pgp-muted", text: "  log scale" }, head);
    if (chart.hint) svg("title", { text: chart.hint }, head);
    this.nameSeries(chart, frame);
    const labels = []; // of this chart, so that close lines do not write over each other
    for (const line of chart.thresholds) this.threshold(line, frame, place(line.value), labels);
    for (const [step, label] of chart.flags) {
      const x = this.view.x.to(step).toFixed(1);
      const group = svg("g", { class: "pgp-flag" }, this.layer);
      svg("path", { d: `M${x} ${frame.top}v${frame.bottom - frame.top}` }, group);
      const late = step > 0.7 * this.view.scene.steps;
      svg(
        "text",
        {
          x: Number(x) + (late ? -4 : 4),
          y: frame.top + 10,
          "text-anchor": late ? "end" : "start",
          text: label,
        },
        group,
      );
    }
  }

  /** Where a track has several lines, the title row says which is which. */
  nameSeries(chart, frame) {
    const kinds = new Map();
    for (const series of chart.series) {
      if (series.name && this.view.shows(series)) kinds.set(series.name, series);
    }
    if (kinds.size === 0) return;
    const text = svg(
      "text",
      { class: "pgp-muted", x: frame.right, y: frame.top - 9, "text-anchor": "end" },
      this.layer,
    );
    for (const [name, series] of kinds) {
      svg(
        "tspan",
        { text: `${text.childNodes.length ? "\u2003" : ""}${series.dashed ? "╌╌ " : "— "}${name}` },
        text,
      );
    }
  }

  threshold(line, frame, y, labels) {
    if (y < frame.top - 1 || y > frame.bottom + 1) return;
    const group = svg("g", { class: "pgp-threshold" }, this.layer);
    svg(
      "path",
      { d: `M${frame.left} ${y.toFixed(1)}H${frame.right}`, class: "pgp-hairline" },
      group,
    );
    const below = y - frame.top < 14;
    const baseline = y + (below ? 12 : -4);
    const beside = labels.filter((other) => Math.abs(other.baseline - baseline) < 12);
    const right = Math.min(frame.right - 2, ...beside.map((other) => other.left - 10));
    const text = svg(
      "text",
      { x: right, y: baseline, "text-anchor": "end", text: line.label },
      group,
    );
    labels.push({ baseline, left: right - text.getComputedTextLength() });
    if (!line.id) return;
    fill(group, {
      role: "button",
      tabindex: 0,
      "aria-label": `${line.label}: use this value`,
      "data-id": line.id,
    });
    group.classList.add("pgp-clickable");
    svg(
      "rect",
      { x: frame.left, y: y - 9, width: frame.right - frame.left, height: 18, fill: "transparent" },
      group,
    );
    const report = () => this.view.hooks.threshold(line.id);
    group.addEventListener("click", report);
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      report();
    });
  }
}
