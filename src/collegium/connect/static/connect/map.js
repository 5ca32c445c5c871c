// The map of ties: zoom, pan, hover, keys, filters, pictures. Without script the page shows the same map as one picture.

import { SIDE, draw, freedom, radiusOf, readColours, toPlace, toScreen, whole } from "./map_picture.js";

const STEP = 1.4; // of a zoom
const CLOSEST = 24;
const REACH = 14; // pixels around a mark that count as on it
const STILL_MS = 120; // after so long without a move a large map is drawn sharply again
const LARGE = 4000; // lines from which on a moving map is moved as a picture

for (const element of document.querySelectorAll("[data-map]")) start(element);

async function start(element) {
  const response = await fetch(element.dataset.map, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const web = await response.json();
  element.classList.add("is-live");
  new WebMap(element, web);
}

class WebMap {
  constructor(element, web) {
    this.element = element;
    this.web = web;
    this.web.font = getComputedStyle(element).fontFamily;
    this.canvas = element.querySelector("canvas");
    this.said = element.querySelector("[data-said]");
    this.form = document.querySelector("form.filter-bar:has(#layer)");
    this.chosen = new URL(element.dataset.map, location.href).searchParams.get("layer");
    this.context = this.canvas.getContext("2d");
    this.state = { layer: web.layers[0], visible: () => true, at: -1, neighbours: new Set() };
    this.pointers = new Map();
    this.readForm();
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    const redraw = () => {
      this.colours = readColours(this.element);
      this.paint();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    document.fonts?.ready.then(redraw);
    addEventListener("beforeprint", () => this.paintForPaper());
    addEventListener("afterprint", redraw);
  }

  // --- size and drawing ----------------------------------------------------------------------------------------------
  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    this.ratio = Math.min(3, devicePixelRatio || 1);
    this.size = { width, height };
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.colours = readColours(this.element);
    this.view ??= whole();
    this.paint();
  }

  paint() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.paintNow();
    });
  }

  paintNow() {
    if (!this.size) return;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    draw(this.context, this.web, this.state, this.view, this.size, this.colours);
    this.kept = undefined;
    this.canvas.style.touchAction = this.view.zoom > 1.01 ? "none" : "pan-y";
  }

  // A large map that is being moved is moved as a picture, and drawn anew when it lies still.
  paintMoving() {
    if (this.state.layer.ends.length / 2 < LARGE) return this.paint();
    if (!this.kept) {
      this.kept = { picture: new OffscreenCanvas(this.canvas.width, this.canvas.height), view: { ...this.view0 } };
      this.kept.picture.getContext("2d").drawImage(this.canvas, 0, 0);
    }
    const { picture, view } = this.kept;
    const grown = this.view.zoom / view.zoom;
    const [left, top] = toScreen(this.view, this.size, ...toPlace(view, this.size, 0, 0));
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.fillStyle = this.colours.paper;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.drawImage(picture, left * this.ratio, top * this.ratio, picture.width * grown, picture.height * grown);
    clearTimeout(this.still);
    this.still = setTimeout(() => this.paintNow(), STILL_MS);
  }

  paintForPaper() {
    // The tokens are those of the screen until the page is printed: paper is light.
    this.element.classList.add("on-paper");
    this.colours = readColours(this.element);
    this.element.classList.remove("on-paper");
    this.paintNow();
  }

  // --- looking at a part ---------------------------------------------------------------------------------------------
  look(change) {
    this.view0 = { ...this.view };
    Object.assign(this.view, change);
    this.view.zoom = Math.min(Math.max(this.view.zoom, 1), CLOSEST);
    const [across, down] = freedom(this.view, this.size);
    this.view.x = Math.min(Math.max(this.view.x, SIDE / 2 - across), SIDE / 2 + across);
    this.view.y = Math.min(Math.max(this.view.y, SIDE / 2 - down), SIDE / 2 + down);
    this.paintMoving();
  }

  // Looks closer at a point, which stays where it is.
  zoom(factor, left = this.size.width / 2, top = this.size.height / 2) {
    const [x, y] = toPlace(this.view, this.size, left, top);
    const zoom = Math.min(Math.max(this.view.zoom * factor, 1), CLOSEST);
    const kept = this.view.zoom / zoom;
    this.look({ zoom, x: x + (this.view.x - x) * kept, y: y + (this.view.y - y) * kept });
  }

  pan(left, top) {
    const [x, y] = toPlace(this.view, this.size, this.size.width / 2 - left, this.size.height / 2 - top);
    this.look({ x, y });
  }

  // --- one mark ------------------------------------------------------------------------------------------------------
  markAt(left, top) {
    let [best, least] = [-1, Infinity];
    for (let mark = 0; mark < this.web.x.length; mark += 1) {
      if (!this.state.visible(mark)) continue;
      const [x, y] = toScreen(this.view, this.size, this.web.x[mark], this.web.y[mark]);
      const distance = Math.hypot(x - left, y - top) - radiusOf(this.web, this.view, this.size, mark);
      if (distance < least && distance < REACH) [best, least] = [mark, distance];
    }
    return best;
  }

  goTo(mark, { follow = false } = {}) {
    if (mark === this.state.at) return;
    this.state.at = mark;
    this.state.neighbours = new Set();
    const { ends } = this.state.layer;
    for (let place = 0; place < ends.length; place += 2) {
      if (ends[place] === mark) this.state.neighbours.add(ends[place + 1]);
      if (ends[place + 1] === mark) this.state.neighbours.add(ends[place]);
    }
    this.said.textContent = mark < 0 ? "" : this.sayMark(mark);
    if (follow && mark >= 0) this.bringIntoSight(mark);
    this.paint();
  }

  bringIntoSight(mark) {
    const [x, y] = toScreen(this.view, this.size, this.web.x[mark], this.web.y[mark]);
    const isSeen = x > 20 && y > 20 && x < this.size.width - 20 && y < this.size.height - 20;
    if (!isSeen) this.look({ x: this.web.x[mark], y: this.web.y[mark] });
  }

  sayMark(mark) {
    const { web } = this;
    if (web.kind === "groups") return this.state.layer.words[mark];
    const name = web.names?.[mark] ?? web.words.somebody;
    const group = web.group[mark] < 0 ? "" : web.groups[web.group[mark]].title;
    const level = web.level[mark] < 0 ? "" : web.levels[web.level[mark]];
    const where = [group, level].filter(Boolean).join(", ");
    const counts = new Map();
    for (const other of this.state.neighbours) counts.set(web.group[other], (counts.get(web.group[other]) ?? 0) + 1);
    const order = [...counts].sort((a, b) => b[1] - a[1]);
    const to = order.map(([place, count]) => `${place < 0 ? web.words.elsewhere : web.groups[place].title} ${count}`);
    const lines = to.length ? web.words.lines.replace("{list}", to.join(", ")) : web.words.none;
    return `${name}${where ? ` (${where})` : ""}. ${lines}`;
  }

  // The next mark in the direction of an arrow key: near, and not far off that direction.
  neighbourTowards(dx, dy) {
    const { web } = this;
    if (this.state.at < 0) return this.firstMark();
    const [x, y] = [web.x[this.state.at], web.y[this.state.at]];
    let [best, least] = [this.state.at, Infinity];
    for (let mark = 0; mark < web.x.length; mark += 1) {
      if (mark === this.state.at || !this.state.visible(mark)) continue;
      const [along, off] = [(web.x[mark] - x) * dx + (web.y[mark] - y) * dy, (web.x[mark] - x) * dy - (web.y[mark] - y) * dx];
      if (along <= 0) continue;
      const cost = along + 2.5 * Math.abs(off);
      if (cost < least) [best, least] = [mark, cost];
    }
    return best;
  }

  firstMark() {
    for (let mark = 0; mark < this.web.x.length; mark += 1) if (this.state.visible(mark)) return mark;
    return -1;
  }

  // --- filters -------------------------------------------------------------------------------------------------------
  readForm() {
    const chosen = this.form ? new FormData(this.form) : new Map([["layer", this.chosen]]);
    const { web } = this;
    this.state.layer = web.layers.find((layer) => layer.key === chosen.get("layer")) ?? web.layers[0];
    const team = chosen.get("team") ?? "";
    const level = chosen.get("level") ?? "";
    const at = (list, key) => (key ? list.findIndex((each) => each === key || each.key === key) : -2);
    const [wantedTeam, wantedLevel] = [at(web.groups, team), at(web.levelKeys ?? [], level)];
    this.state.visible = (mark) =>
      (wantedTeam === -2 || web.group[mark] === wantedTeam) && (wantedLevel === -2 || web.level[mark] === wantedLevel);
    const note = this.element.querySelector("[data-note]");
    if (note) note.textContent = this.state.layer.note ?? "";
    const mark = this.state.at;
    this.state.at = -1;
    this.goTo(mark >= 0 && this.state.visible(mark) ? mark : -1);
    this.said.textContent = this.state.at < 0 ? "" : this.said.textContent;
  }

  // --- pictures ------------------------------------------------------------------------------------------------------
  savePicture(link) {
    const width = 2400;
    const size = { width: this.size.width, height: this.size.height };
    const ratio = width / size.width;
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [width, Math.round(size.height * ratio)];
    const context = picture.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, this.web, this.state, this.view, size, this.colours);
    picture.toBlob((blob) => {
      const address = URL.createObjectURL(blob);
      const save = document.createElement("a");
      [save.href, save.download] = [address, link.dataset.file];
      save.click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }, "image/png");
  }

  // --- hands ---------------------------------------------------------------------------------------------------------
  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.onUp(event));
    canvas.addEventListener("pointerleave", () => document.activeElement !== canvas && this.goTo(-1));
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    canvas.addEventListener("dblclick", (event) => this.zoom(STEP * STEP, event.offsetX, event.offsetY));
    canvas.addEventListener("blur", () => this.goTo(-1));
    this.element.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (pressed === "in") this.zoom(STEP);
      if (pressed === "out") this.zoom(1 / STEP);
      if (pressed === "whole") this.look(whole());
    });
    document.querySelector("[data-save]")?.addEventListener("click", (event) => this.savePicture(event.currentTarget));
    this.form?.addEventListener("change", (event) => {
      if (event.target.matches("[data-reload]")) return this.form.requestSubmit();
      this.readForm();
      const query = new URLSearchParams(new FormData(this.form)).toString();
      history.replaceState(null, "", `?${query}`);
      for (const link of document.querySelectorAll("[data-with-filter]")) {
        link.search = query;
      }
    });
  }

  onDown(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    this.moved = false;
  }

  onMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.goTo(this.markAt(event.offsetX, event.offsetY));
      return;
    }
    const now = [event.offsetX, event.offsetY];
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([_id, place]) => place);
    this.pointers.set(event.pointerId, now);
    if (others.length) {
      const spread = (place) => Math.hypot(place[0] - others[0][0], place[1] - others[0][1]) || 1;
      this.zoom(spread(now) / spread(before), (now[0] + others[0][0]) / 2, (now[1] + others[0][1]) / 2);
    } else if (Math.hypot(now[0] - before[0], now[1] - before[1]) > 0) {
      this.moved = true;
      this.pan(now[0] - before[0], now[1] - before[1]);
    }
  }

  onUp(event) {
    this.pointers.delete(event.pointerId);
    if (event.type !== "pointerup" || this.moved) return;
    const mark = this.markAt(event.offsetX, event.offsetY);
    if (event.pointerType !== "mouse") this.goTo(mark);
    else if (mark >= 0 && this.web.groups[mark]?.url && this.web.kind === "groups") location.assign(this.web.groups[mark].url);
  }

  onWheel(event) {
    // A page that is scrolled past is not stopped: only who has gone into the map, or holds the key for it, zooms.
    if (!event.ctrlKey && document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), event.offsetX, event.offsetY);
  }

  onKey(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow && event.shiftKey) this.pan(-arrow[0] * 60, -arrow[1] * 60);
    else if (arrow) this.goTo(this.neighbourTowards(...arrow), { follow: true });
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0" || event.key === "Home") this.look(whole());
    else if (event.key === "Escape") this.goTo(-1);
    else if (event.key === "Enter" && this.web.groups[this.state.at]?.url && this.web.kind === "groups") {
      location.assign(this.web.groups[this.state.at].url);
    } else return;
    event.preventDefault();
  }
}
