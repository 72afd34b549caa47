// The player: one clock, one scene, one ground; what the parts report to each other and to Python.

const HIDDEN_FOR_GOOD = "The player could not start, because Plotly did not reach this browser. "
  + "Reload the page; if that does not help, something between you and the server blocks scripts.";

const instances = new WeakMap();
const grounds = new Map(); // id -> ground, the newest last
const waitingForGround = new Set();

/** The mount that carries the surface: keep it for the players that name it. */
function receiveGround({ data }) {
  const ground = readGround(data);
  grounds.delete(ground.id);
  grounds.set(ground.id, ground);
  while (grounds.size > 6) grounds.delete(grounds.keys().next().value);
  for (const player of waitingForGround) player.refresh();
}

/** The mount of a player: the first call makes it, every later one brings new data or a theme. */
function receiveScene(component) {
  const { parentElement } = component;
  if (!instances.has(parentElement)) instances.set(parentElement, new Player(parentElement));
  const player = instances.get(parentElement);
  player.receive(component);
  return () => {
    instances.delete(parentElement);
    player.destroy();
  };
}

class Player {
  constructor(parent) {
    this.root = html("div", { class: "pgp", tabindex: 0, role: "group", "aria-label": "Descent player" }, parent);
    this.message = html("p", { class: "pgp-message", role: "status", text: "Loading the player …" }, this.root);
    this.hidden = new Set();
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.clock = null;
    this.flight = { busy: false, next: null };
    this.inView = true;
    this.prepare();
  }

  /** Build once Plotly is there; until then, and if it never comes, say so. */
  async prepare() {
    await plotly(() => (this.message.textContent = HIDDEN_FOR_GOOD));
    if (this.gone) return;
    this.message.remove();
    this.controls = new Controls(this.root, {
      toggle: () => this.toggle(),
      step: (by) => this.seek(shown(this.clock) + by),
      scrub: (step) => this.seek(step),
      speed: (factor) => (this.clock.speed = factor),
      loop: () => this.loop(),
      chip: (index) => this.flip(index),
      hover: (index) => this.map.highlight(index),
    });
    const { stage } = this.controls;
    this.mapHost = html("div", { class: "pgp-map" }, stage);
    this.chartsHost = html("div", { class: "pgp-charts" }, stage);
    this.map = new MapView(this.mapHost, {
      start: (x, y, phase) => this.chooseStart(x, y, phase),
      value: (index, time) => this.valueText(index, time),
      focus: () => this.root.focus({ preventScroll: true }),
    });
    this.charts = new ChartsView(this.chartsHost, {
      seek: (step) => this.seek(step),
      threshold: (id) => this.component.setTriggerValue("threshold", id),
    });
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.refresh());
    this.sizes.observe(stage);
    this.views = new IntersectionObserver(([entry]) => (this.inView = entry.isIntersecting));
    this.views.observe(this.root);
    this.refresh();
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
    this.landed();
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
    const box = this.layout(scene);
    if (box.width < 50) return;
    const look = JSON.stringify([theme, box]);
    const fresh = scene !== this.scene;
    const mapChanged = look !== this.look || ground.id !== this.ground?.id;
    this.root.style.colorScheme = lightness(theme.background) < 0.5 ? "dark" : "light";
    if (fresh) this.adopt(scene);
    if (mapChanged) await this.map.draw(ground, theme, box.width, box.mapHeight);
    const charts = look !== this.look || fresh || this.recut;
    [this.look, this.ground, this.recut] = [look, ground, false];
    if (charts && scene.charts.length) {
      await this.charts.draw(scene, theme, box.chartsWidth, box.chartsHeight, (i) => this.visible(i));
    }
    this.paint();
    this.run();
  }

  /** Sizes: map and charts side by side, or one above the other in a narrow column. */
  layout({ height, charts }) {
    const { stage } = this.controls;
    const width = Math.floor(stage.clientWidth);
    const wide = width >= 700 && charts.length > 0;
    stage.classList.toggle("pgp-wide", wide);
    this.chartsHost.hidden = charts.length === 0;
    const gap = 16;
    const mapWidth = wide ? Math.floor((width - gap) * 0.58) : width;
    const chartsWidth = wide ? width - gap - mapWidth : width;
    const mapHeight = wide ? height : Math.min(height, Math.max(Math.round(width * 0.95), 260));
    const chartsHeight = wide ? height : 150 * charts.length + 36;
    for (const [host, w, h] of [
      [this.mapHost, mapWidth, mapHeight],
      [this.chartsHost, chartsWidth, chartsHeight],
    ]) {
      host.style.width = `${w}px`;
      host.style.height = `${h}px`;
    }
    return { width: mapWidth, mapHeight, chartsWidth, chartsHeight };
  }

  /** Take over a new scene: keep place and play state, or follow what the visitor just did. */
  adopt(scene) {
    const first = !this.clock;
    const { steps, seconds } = scene;
    if (first) {
      const calm = this.calm.matches || !scene.autoplay;
      const speed = { speed: 1, loop: false };
      this.clock = { position: calm ? steps : 0, steps, seconds, playing: !calm, ...speed };
    } else {
      this.clock = carry(this.clock, steps, seconds);
    }
    if (scene.step !== null && scene.step !== this.scene?.step) this.clock = seek(this.clock, scene.step);
    if (this.dragging) this.clock = { ...this.clock, playing: false, position: steps };
    else if (this.launch) {
      this.launch = false;
      if (!this.calm.matches) this.clock = { ...this.clock, playing: true, position: 0 };
    }
    this.scene = scene;
    if (this.next === scene) this.next = null;
    const { tracks } = scene;
    const start = this.dragging ? this.map.start : (scene.start ?? [...tracks[0]?.path.subarray(0, 2) ?? []]);
    this.map.load(tracks, start.length ? start : null, (index) => this.visible(index));
    this.controls.load(scene, (index) => this.visible(index));
    if (!this.clock.playing) this.speak();
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
    if (!this.clock || !this.map.frame) return;
    const time = shown(this.clock);
    this.map.show(time);
    this.charts.show(time);
    this.controls.show(this.clock, this.scene.tracks.map((_, index) => this.valueText(index, time)));
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

  // -- words ----------------------------------------------------------------------------------

  /** The value of a track in the first chart at a time, as text; "" when there is none. */
  valueText(index, time) {
    const chart = this.scene.charts[0];
    const series = chart?.series.find((item) => item.track === index && !item.dashed);
    if (!series) return "";
    const track = this.scene.tracks[index];
    const step = Math.floor(Math.min(time, track.last) + 1e-9) - series.first;
    if (step < 0 || step >= series.count) return "";
    return `${chart.title.toLowerCase()} ${say(series.y[step])}`;
  }

  speak() {
    const time = shown(this.clock);
    const said = this.scene.tracks
      .map((track, index) => ({ track, index }))
      .filter(({ track, index }) => this.visible(index) && !track.ghost)
      .map(({ track, index }) => [track.name, this.valueText(index, time), track.note].filter(Boolean).join(", "));
    this.controls.live.textContent = `Step ${Math.round(time)} of ${this.clock.steps}. ${said.join("; ")}.`;
  }

  // -- choices --------------------------------------------------------------------------------

  visible(index) {
    return !this.hidden.has(this.scene.tracks[index].name);
  }

  flip(index) {
    const { name } = this.scene.tracks[index];
    if (!this.hidden.delete(name)) this.hidden.add(name);
    this.controls.load(this.scene, (i) => this.visible(i));
    this.recut = true;
    this.refresh();
  }

  chooseStart(x, y, phase) {
    this.dragging = phase === "drag";
    if (phase === "end") this.launch = true;
    this.send([x, y], phase === "end");
  }

  /** At most one start is on its way; while it is, only the newest of the others is kept. */
  send(start, last) {
    if (this.flight.busy && !last) {
      this.flight.next = start;
      return;
    }
    this.flight = { busy: true, next: null };
    clearTimeout(this.flightTimer);
    this.flightTimer = setTimeout(() => this.landed(), 700);
    this.component.setStateValue("start", start);
  }

  landed() {
    clearTimeout(this.flightTimer);
    const { next } = this.flight;
    this.flight = { busy: false, next: null };
    if (next && this.dragging) this.send(next, false);
  }
}

/** The library's mount: open the shelf on which the other mounts find their code. */
export default function library() {
  const shelf = (globalThis[Symbol.for("optimizer-playground")] ??= {});
  shelf.ready ??= new Promise((resolve) => { shelf.open = resolve; });
  shelf.ground = receiveGround;
  shelf.player = receiveScene;
  shelf.open();
}
