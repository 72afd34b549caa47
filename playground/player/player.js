// The player: one playback, one scene, one ground; what its parts tell each other and Python.

const NO_PLOTLY =
  "The player could not start, because Plotly did not reach this browser. " +
  "Reload the page; if that does not help, something between you and the server blocks scripts.";

export class Player {
  constructor(parent) {
    this.root = html(
      "div",
      { class: "pgp", tabindex: 0, role: "group", "aria-label": "Descent player" },
      parent,
    );
    this.message = html(
      "p",
      { class: "pgp-message", role: "status", text: "Loading the player …" },
      this.root,
    );
    this.hidden = new Set();
    this.playback = new Playback({ paint: () => this.paint(), rested: () => this.rested() });
    this.post = new Post((start) => this.component.setStateValue("start", start));
    this.prepare();
  }

  /** Build once Plotly is there; until then, and if it never comes, say so. */
  async prepare() {
    await plotly(() => (this.message.textContent = NO_PLOTLY));
    if (this.gone) return;
    this.message.remove();
    this.build();
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.refresh());
    this.sizes.observe(this.controls.stage);
    this.views = new IntersectionObserver(([entry]) => {
      this.playback.inView = entry.isIntersecting;
    });
    this.views.observe(this.root);
    this.refresh();
  }

  build() {
    this.controls = new Controls(this.root, {
      playback: this.playback,
      chip: (index) => this.flip(index),
      hover: (index) => this.map.runners.highlight(index),
    });
    this.mapHost = html("div", { class: "pgp-map" }, this.controls.stage);
    this.chartsHost = html("div", { class: "pgp-charts" }, this.controls.stage);
    this.map = new MapView(this.mapHost, {
      start: (x, y, phase) => (phase === "drag" ? this.post.drag([x, y]) : this.post.drop([x, y])),
      value: (index, time) => valueText(this.scene, index, time),
      focus: () => this.root.focus({ preventScroll: true }),
    });
    this.charts = new ChartsView(this.chartsHost, {
      seek: (step) => this.playback.seek(step),
      threshold: (id) => this.component.setTriggerValue("threshold", id),
    });
  }

  destroy() {
    this.gone = true;
    this.playback.stop();
    waitingForGround.delete(this);
    this.sizes?.disconnect();
    this.views?.disconnect();
    for (const host of [this.map?.graph, this.charts?.graph]) if (host) Plotly.purge(host);
    this.root.remove();
  }

  // -- data in --------------------------------------------------------------------------------

  receive(component) {
    this.component = component;
    if (!sameBytes(this.bytes, component.data)) {
      this.bytes = component.data;
      this.next = readScene(component.data);
    }
    this.post.landed();
    this.refresh();
  }

  /** Draw what has changed: the ground, the theme, the size, the scene. */
  async refresh() {
    if (!this.map || this.drawing) {
      this.again = Boolean(this.map);
      return;
    }
    this.drawing = true;
    try {
      do {
        this.again = false;
        await this.draw();
      } while (this.again && !this.gone);
    } finally {
      this.drawing = false;
    }
  }

  async draw() {
    const scene = this.next ?? this.scene;
    const ground = scene && grounds.get(scene.ground);
    if (!ground) {
      waitingForGround.add(this);
      return;
    }
    waitingForGround.delete(this);
    const theme = readTheme(this.root);
    const box = this.arrange(scene);
    if (box.mapWidth < 50) return;
    const look = JSON.stringify([theme, box]);
    const fresh = scene !== this.scene;
    const mapChanged = look !== this.look || ground.id !== this.ground?.id;
    this.root.style.colorScheme = lightness(theme.background) < 0.5 ? "dark" : "light";
    if (fresh) this.adopt(scene, ground);
    if (mapChanged) await this.map.draw(ground, theme, box.mapWidth, box.mapHeight);
    const charts = look !== this.look || fresh || this.recut;
    [this.look, this.ground, this.recut] = [look, ground, false];
    if (charts && scene.charts.length) {
      await this.charts.draw(scene, theme, box.chartsWidth, box.chartsHeight, (i) =>
        this.visible(i),
      );
    }
    this.paint();
    this.playback.run();
  }

  /** Give map and charts their places; the sizes are returned. */
  arrange(scene) {
    const { stage } = this.controls;
    const box = sizes(Math.floor(stage.clientWidth), scene.height, scene.charts.length);
    stage.classList.toggle("pgp-wide", box.wide);
    this.chartsHost.hidden = scene.charts.length === 0;
    for (const [host, width, height] of [
      [this.mapHost, box.mapWidth, box.mapHeight],
      [this.chartsHost, box.chartsWidth, box.chartsHeight],
    ]) {
      host.style.width = `${width}px`;
      host.style.height = `${height}px`;
    }
    return box;
  }

  /** Take over a new scene: keep place and play state, or follow what the visitor just did. */
  adopt(scene, ground) {
    const old = this.scene;
    this.scene = scene;
    this.next = null;
    this.setClock(scene, old, ground);
    const visible = (index) => this.visible(index);
    this.map.runners.load(scene.tracks, visible);
    const pending = this.post.dragging || this.post.expected;
    const first = scene.tracks.length ? [...scene.tracks[0].path.subarray(0, 2)] : null;
    this.map.picker.allow(scene.startable);
    if (!pending) this.map.picker.place(scene.start ?? first);
    this.controls.load(scene, visible);
    if (!this.playback.clock.playing) this.speak();
  }

  /** Where the new scene is shown: where the page wants it, or the visitor is, or at the start. */
  setClock(scene, old, ground) {
    const { playback, post } = this;
    playback.adopt(scene);
    if (scene.step !== null && scene.step !== old?.step) return playback.stand(scene.step);
    if (post.dragging) return playback.stand(scene.steps);
    const [x0, x1, y0, y1] = ground.window;
    if (post.answers(scene.start, [0.01 * (x1 - x0), 0.01 * (y1 - y0)])) playback.launch();
  }

  // -- time -----------------------------------------------------------------------------------

  /** Put the moving nodes where the clock says. */
  paint() {
    if (!this.map.view) return;
    const { clock, time } = this.playback;
    this.map.runners.show(time);
    this.charts.show(time);
    this.controls.show(clock, (index) => valueText(this.scene, index, time));
  }

  /** Standing still: say where, and tell Python once the visitor has let go. */
  rested() {
    if (!this.scene) return;
    this.speak();
    const step = Math.round(this.playback.time);
    if (!this.scene.reportStep || step === this.reported) return;
    this.reported = step;
    this.component.setStateValue("step", step);
  }

  key(event) {
    if (!this.playback.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // -- choices --------------------------------------------------------------------------------

  visible(index) {
    return !this.hidden.has(this.scene.tracks[index]?.name);
  }

  flip(index) {
    const { name } = this.scene.tracks[index];
    if (!this.hidden.delete(name)) this.hidden.add(name);
    this.controls.load(this.scene, (i) => this.visible(i));
    this.recut = true;
    this.refresh();
  }

  speak() {
    const text = sentence(this.scene, this.playback.time, (index) => this.visible(index));
    this.controls.live.textContent = text;
  }
}
