// Drawing a map of ties on a canvas: marks, the lines between them, and the words beside them.
//
// The places come from the server, on a square of SIDE by SIDE; `view` says which part of it is seen. Nothing here knows
// of keys, pointers or forms (map.js does), so that the same drawing goes to the screen, to paper and into a file.

export const SIDE = 10000;
const HUES = 8;
const SHAPES = ["circle", "square", "diamond", "triangle"];
const FAINT = 0.12; // of what is filtered out
const MANY_LINES = 3000; // from so many on, lines are drawn thinner
const PORTION = 1200; // ends of lines that are drawn at once

// --- colours, from the tokens of the house -----------------------------------------------------------------------------
export function readColours(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const hues = Array.from({ length: HUES }, (_each, place) => read(`--facet-${place + 1}`));
  const found = {
    paper: read("--paper-raised"),
    ink: read("--ink"),
    soft: read("--ink-soft"),
    rule: read("--rule-strong"),
    focus: read("--focus"),
    accent: read("--accent"),
    hues,
  };
  probe.remove();
  return found;
}

// A colour for each team; among schools only the reader's own stand out.
function hueOf(web, colours, mark) {
  const group = web.group[mark];
  if (web.kind !== "groups") return group < 0 ? colours.paper : colours.hues[group % HUES];
  return web.groups[mark].url || !web.groups.some((each) => each.url) ? colours.accent : colours.soft;
}

function shapeOf(group) {
  return group < 0 ? "circle" : SHAPES[Math.floor(group / HUES) % SHAPES.length];
}

// --- where things are ----------------------------------------------------------------------------------------------------
const WIDEST = 1.6; // a picture is stretched so far at most to fill a frame that is wider, or higher, than the square

// The whole map: its middle, not zoomed.
export function whole() {
  return { x: SIDE / 2, y: SIDE / 2, zoom: 1 };
}

function scales(view, size) {
  const across = Math.min(size.width, size.height * WIDEST) / SIDE;
  const down = Math.min(size.height, size.width * WIDEST) / SIDE;
  return [across * view.zoom, down * view.zoom];
}

export function toScreen(view, size, x, y) {
  const [across, down] = scales(view, size);
  return [(x - view.x) * across + size.width / 2, (y - view.y) * down + size.height / 2];
}

export function toPlace(view, size, left, top) {
  const [across, down] = scales(view, size);
  return [(left - size.width / 2) / across + view.x, (top - size.height / 2) / down + view.y];
}

// How far the middle may lie from the middle of the map without showing what is beyond its edge.
export function freedom(view, size) {
  const [across, down] = scales(view, size);
  return [Math.max(0, SIDE / 2 - size.width / 2 / across), Math.max(0, SIDE / 2 - size.height / 2 / down)];
}

export function radiusOf(web, view, size, mark) {
  const room = Math.sqrt(size.width * size.height);
  if (web.size) {
    const largest = Math.max(...web.size);
    return Math.max(7, room * 0.042 * Math.sqrt(web.size[mark] / largest)) * Math.sqrt(view.zoom);
  }
  return Math.min(14, Math.max(1.6, (room / Math.sqrt(web.x.length + 4)) * 0.12) * Math.sqrt(view.zoom));
}

// --- the drawing ---------------------------------------------------------------------------------------------------------
// state: layer (an entry of web.layers), visible (a predicate of marks), at (a mark or -1), neighbours (a set, or null)
export function draw(context, web, state, view, size, colours) {
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, size.width, size.height);
  context.lineCap = "round";
  if (web.kind === "groups") drawArrows(context, web, state, view, size, colours);
  else drawLines(context, web, state, view, size, colours);
  drawMarks(context, web, state, view, size, colours);
  drawTitles(context, web, state, view, size, colours);
}

// Many lines are drawn in portions: where portions lie over one another it grows darker, as it should.
function drawLines(context, web, state, view, size, colours) {
  const ends = state.layer.ends;
  const many = ends.length / 2 > MANY_LINES;
  const thin = (many ? 0.6 : 1) * Math.min(2, Math.sqrt(view.zoom));
  const places = Array.from(web.x, (x, mark) => toScreen(view, size, x, web.y[mark]));
  const near = [];
  context.strokeStyle = colours.soft;
  context.lineWidth = thin;
  context.globalAlpha = (many ? 0.1 : 0.34) * (state.at < 0 ? 1 : 0.35);
  context.beginPath();
  for (let place = 0; place < ends.length; place += 2) {
    const [from, to] = [ends[place], ends[place + 1]];
    if (from === state.at || to === state.at) near.push([from, to]);
    if (!state.visible(from) || !state.visible(to)) continue;
    context.moveTo(places[from][0], places[from][1]);
    context.lineTo(places[to][0], places[to][1]);
    if (many && place % PORTION === 0) {
      context.stroke();
      context.beginPath();
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = thin * 1.8;
  context.beginPath();
  for (const [from, to] of near) {
    context.moveTo(places[from][0], places[from][1]);
    context.lineTo(places[to][0], places[to][1]);
  }
  context.stroke();
}

function drawArrows(context, web, state, view, size, colours) {
  const { ends, counts } = state.layer;
  const most = Math.max(1, ...counts.filter((_count, place) => ends[2 * place] !== ends[2 * place + 1]));
  for (let place = 0; place < counts.length; place += 1) {
    const [from, to] = [ends[2 * place], ends[2 * place + 1]];
    if (from === to) continue;
    const isNear = from === state.at || to === state.at;
    context.globalAlpha = state.at >= 0 ? (isNear ? 0.95 : 0.08) : 0.5;
    context.strokeStyle = isNear ? colours.accent : colours.soft;
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1 + 5 * Math.sqrt(counts[place] / most);
    arrow(context, web, view, size, from, to);
  }
  context.globalAlpha = 1;
}

function arrow(context, web, view, size, from, to) {
  const [x1, y1] = toScreen(view, size, web.x[from], web.y[from]);
  const [x2, y2] = toScreen(view, size, web.x[to], web.y[to]);
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const bend = Math.min(28, length * 0.12); // there and back lie beside each other
  const [cx, cy] = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
  const head = 4 + context.lineWidth * 1.6;
  const gap = radiusOf(web, view, size, to) + 2;
  const [tx, ty] = [x2 - cx, y2 - cy];
  const along = Math.hypot(tx, ty) || 1;
  const [dx, dy] = [tx / along, ty / along];
  const [ex, ey] = [x2 - dx * gap, y2 - dy * gap];
  context.beginPath();
  context.moveTo(x1, y1);
  context.quadraticCurveTo(cx, cy, ex - dx * head * 0.8, ey - dy * head * 0.8);
  context.stroke();
  context.beginPath();
  context.moveTo(ex, ey);
  context.lineTo(ex - dx * head - dy * head * 0.55, ey - dy * head + dx * head * 0.55);
  context.lineTo(ex - dx * head + dy * head * 0.55, ey - dy * head - dx * head * 0.55);
  context.fill();
}

function drawMarks(context, web, state, view, size, colours) {
  for (let mark = 0; mark < web.x.length; mark += 1) {
    const [x, y] = toScreen(view, size, web.x[mark], web.y[mark]);
    const radius = radiusOf(web, view, size, mark);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) continue;
    const group = web.group[mark];
    const isNear = state.at < 0 || mark === state.at || state.neighbours.has(mark);
    context.globalAlpha = state.visible(mark) ? (isNear ? 1 : 0.45) : FAINT;
    context.fillStyle = hueOf(web, colours, mark);
    context.strokeStyle = group < 0 ? colours.soft : colours.paper;
    context.lineWidth = Math.min(group < 0 ? 2 : 1.5, radius * 0.3);
    trace(context, web.kind === "groups" ? "circle" : shapeOf(group), x, y, radius);
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
  if (state.at >= 0) {
    const [x, y] = toScreen(view, size, web.x[state.at], web.y[state.at]);
    context.strokeStyle = colours.focus;
    context.lineWidth = 3;
    trace(context, "circle", x, y, radiusOf(web, view, size, state.at) + 4);
    context.stroke();
  }
}

function trace(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === "circle") context.arc(x, y, radius, 0, 2 * Math.PI);
  else if (shape === "square") context.rect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
  else {
    const corners = shape === "diamond" ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] : [[0, -1.2], [1.1, 0.85], [-1.1, 0.85]];
    for (const [dx, dy] of corners) context.lineTo(x + dx * radius, y + dy * radius);
    context.closePath();
  }
}

// --- words on the map ----------------------------------------------------------------------------------------------------
function drawTitles(context, web, state, view, size, colours) {
  const titles = web.kind === "groups" ? titlesOfGroups(web, view, size) : titlesOfTeams(web, state, view, size);
  const written = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const { text, x, y, letters, mark } of titles) {
    context.font = `600 ${letters}px ${web.font}`;
    const wide = context.measureText(text).width;
    const left = Math.min(Math.max(x, wide / 2 + 4), size.width - wide / 2 - 4);
    const box = [left - wide / 2, y - letters * 0.6, left + wide / 2, y + letters * 0.6];
    if (mark !== state.at && written.some((other) => overlap(box, other))) continue;
    written.push(box);
    context.globalAlpha = mark === undefined || state.visible(mark) ? 1 : 0.4;
    context.strokeStyle = colours.paper;
    context.lineWidth = 4;
    context.strokeText(text, left, y);
    context.fillStyle = colours.ink;
    context.fillText(text, left, y);
  }
  context.globalAlpha = 1;
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function lettersOf(size) {
  return Math.max(12, Math.min(15, size.width / 55));
}

function titlesOfGroups(web, view, size) {
  const order = [...web.x.keys()].sort((a, b) => web.size[b] - web.size[a]);
  return order.map((mark) => {
    const [x, y] = toScreen(view, size, web.x[mark], web.y[mark]);
    const letters = lettersOf(size);
    const below = radiusOf(web, view, size, mark) + letters * 0.8;
    const isLow = y + below > size.height - letters;
    return { text: web.groups[mark].short, x, y: isLow ? y - below : y + below, letters, mark };
  });
}

// The name of a team stands where most of its marks are; names of people who let theirs be seen stand beside the mark.
function titlesOfTeams(web, state, view, size) {
  const letters = lettersOf(size);
  const found = [];
  for (const [mark, text] of Object.entries(web.names ?? {})) {
    const [x, y] = toScreen(view, size, web.x[mark], web.y[mark]);
    found.push({ text, x, y: y - radiusOf(web, view, size, mark) - letters * 0.7, letters: letters - 1, mark: Number(mark) });
  }
  const places = web.groups.map(() => [[], []]);
  for (let mark = 0; mark < web.x.length; mark += 1) {
    if (web.group[mark] < 0 || !state.visible(mark)) continue;
    places[web.group[mark]][0].push(web.x[mark]);
    places[web.group[mark]][1].push(web.y[mark]);
  }
  const order = [...places.keys()].sort((a, b) => places[b][0].length - places[a][0].length);
  for (const group of order) {
    if (!places[group][0].length) continue;
    const [x, y] = toScreen(view, size, middle(places[group][0]), middle(places[group][1]));
    const above = web.x.length > 1000 ? 0 : letters + radiusOf(web, view, size, 0);
    found.push({ text: web.groups[group].short, x, y: Math.max(y - above, letters), letters });
  }
  return found;
}

function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
