// The player: one clock, one scene, one ground; what the parts report to each other and to Python.

const HIDDEN_FOR_GOOD =
  "The player could not start, because Plotly did not reach this browser. " +
  "Reload the page; if that does not help, something between you and the server blocks scripts.";

const grounds = new Map(); // id -> ground, the newest last
const waitingForGround = new Set();

/** Keep a ground for the players that name it; the last few, for those who go back. */
export function keepGround(ground) {
  grounds.delete(ground.id);
  grounds.set(ground.id, ground);
  while (grounds.size > 6) grounds.delete(grounds.keys().next().value);
  for (const player of waitingForGround) player.refresh();
}

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
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.clock = null;
    this.post = new Post((start) => this.component.setStateValue("start", start));
    this.inView = true;
    this.prepare();
  }

  /** Build once Plotly is there; until then, and if it never comes, say so. */
  async prepare() {
    await plotly(() => (this.message.textContent = HIDDEN_FOR_GOOD));
    if (this.gone) return;
    this.message.remove();
    this.build();
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.refresh());
    this.sizes.observe(this.controls.stage);
    this.views = new IntersectionObserver(([entry]) => (this.inView = entry.isIntersecting));
    this.views.observe(this.root);
    this.refresh();
  }

  build() {
    this.controls = new Controls(this.root, {
      toggle: () => this.toggle(),
      step: (by) => this.seek(shown(this.clock) + by),
      scrub: (step) => this.seek(step),
      speed: (factor) => (this.clock.speed = factor),
      loop: () => this.loop(),
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
      seek: (step) => this.seek(step),
      threshold: (id) => this.component.setTriggerValue("threshold", id),
    });
  }

  destroy() {
    this.gone = true;
    cancelAnimationFrame(this.request);
    clearTimeout(this.reporting);
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
    this.run();
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
    this.clock = this.clockFor(scene, old, ground);
    const visible = (index) => this.visible(index);
    this.map.runners.load(scene.tracks, visible);
    const pending = this.post.dragging || this.post.expected;
    const first = scene.tracks.length ? [...scene.tracks[0].path.subarray(0, 2)] : null;
    this.map.picker.allow(scene.startable);
    if (!pending) this.map.picker.place(scene.start ?? first);
    this.controls.load(scene, visible);
    if (!this.clock.playing) this.speak();
  }

  clockFor(scene, old, ground) {
    const { steps, seconds } = scene;
    const calm = this.calm.matches;
    if (!this.clock) {
      const rest = calm || !scene.autoplay;
      const clock = {
        position: rest ? steps : 0,
        steps,
        seconds,
        playing: !rest,
        speed: 1,
        loop: false,
      };
      return scene.step === null ? clock : seek(clock, scene.step);
    }
    const clock = carry(this.clock, steps, seconds);
    if (scene.step !== null && scene.step !== old.step) return seek(clock, scene.step);
    if (this.post.dragging) return { ...clock, playing: false, position: steps };
    const [x0, x1, y0, y1] = ground.window;
    const launched = this.post.answers(scene.start, [0.01 * (x1 - x0), 0.01 * (y1 - y0)]);
    return launched && !calm ? { ...clock, playing: true, position: 0 } : clock;
  }

  // -- time -----------------------------------------------------------------------------------

  run() {
    if (this.request || !this.clock?.playing) return;
    let before = null;
    const tick = (now) => {
      this.request = null;
      if (this.gone) return;
      const elapsed = before === null || !this.inView ? 0 : Math.min((now - before) / 1000, 0.1);
      before = now;
      this.clock = advance(this.clock, elapsed);
      this.paint();
      if (this.clock.playing) this.request = requestAnimationFrame(tick);
      else this.settled();
    };
    this.request = requestAnimationFrame(tick);
  }

  /** Put the moving nodes where the clock says. */
  paint() {
    if (!this.clock || !this.map.view) return;
    const time = shown(this.clock);
    this.map.runners.show(time);
    this.charts.show(time);
    this.controls.show(this.clock, (index) => valueText(this.scene, index, time));
  }

  toggle() {
    if (this.clock.playing) {
      this.clock = pause(this.clock);
      this.paint();
      this.settled();
      return;
    }
    this.clock = play(this.clock);
    this.paint();
    this.run();
  }

  seek(step) {
    this.clock = seek(this.clock, step);
    this.paint();
    this.settled();
  }

  loop() {
    this.clock.loop = !this.clock.loop;
    this.controls.loopButton.setAttribute("aria-pressed", this.clock.loop);
    if (this.clock.loop && !this.clock.playing) this.toggle();
  }

  /** Standing still: say where, and tell Python once the visitor has let go. */
  settled() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.clock.playing) return;
      this.speak();
      const step = Math.round(shown(this.clock));
      if (!this.scene.reportStep || step === this.reported) return;
      this.reported = step;
      this.component.setStateValue("step", step);
    }, 160);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const own = event.target.closest("select, .pgp-threshold");
    const native = event.target.closest("button") && event.key === " ";
    if (own || native) return;
    const act = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.seek(Math.ceil(shown(this.clock)) - 1),
      ArrowRight: () => this.seek(Math.floor(shown(this.clock)) + 1),
      Home: () => this.seek(0),
      End: () => this.seek(this.clock.steps),
    }[event.key];
    if (!act || !this.clock) return;
    event.preventDefault();
    event.stopPropagation();
    act();
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
    const text = sentence(this.scene, shown(this.clock), (index) => this.visible(index));
    this.controls.live.textContent = text;
  }
}
