// Ordering rows by dragging their handles or by keys; the form below them saves the whole order.
const root = document.querySelector("[data-order]");
const form = document.getElementById("order-form"), changed = root.querySelector("[data-order-changed]");
const shelves = [...root.querySelectorAll("[data-order-shelf]")];
const first = () => shelves.map((shelf) => [...shelf.children]);
const saved = first(), OWN = "[data-order-own]", EDGE = 56, STEP = 14;
// The moderator's own rows keep their place on their shelf: the others are laid around them.
const own = new Map(shelves.map((shelf) => [shelf, [...shelf.children].map((row, at) => [at, row]).filter(([, row]) => row.matches(OWN))]));
let lifted = null; // { row, from } while a row is moved by keys

const placed = (shelf) => [...shelf.children].filter((row) => !row.matches(OWN));
const isPinned = (shelf) => shelf.dataset.orderShelf === "pinned";
const shelfOf = (row) => row.parentElement;
const open = (row) => shelves.filter((shelf) => isPinned(shelf) === isPinned(shelfOf(row)));

function lay(shelf, rows) {
  const all = [...rows];
  for (const [at, row] of own.get(shelf)) all.splice(Math.min(at, all.length), 0, row);
  shelf.replaceChildren(...all);
  all.forEach((row, at) => {
    const number = row.querySelector(".row-place input"), under = row.querySelector("[data-order-under]");
    if (number) number.value = at + shelf.start;
    if (under && !row.matches(OWN)) under.value = shelf.dataset.orderShelf;
  });
}

function put(row, shelf, at) {
  const from = shelfOf(row), rows = placed(shelf).filter((each) => each !== row);
  rows.splice(at, 0, row);
  if (from !== shelf) lay(from, placed(from).filter((each) => each !== row));
  lay(shelf, rows);
  show();
}

function show() {
  const isNew = first().some((rows, i) => rows.some((row, at) => row !== saved[i][at]) || rows.length !== saved[i].length);
  changed.hidden = !isNew;
  form.classList.toggle("is-changed", isNew);
}

function say(kind, row) {
  const shelf = shelfOf(row), rows = [...shelf.children];
  const said = { number: row.dataset.orderRow, place: rows.indexOf(row) + shelf.start, all: rows.length, shelf: shelf.dataset.orderNamed };
  root.querySelector("[data-order-say]").textContent =
    root.dataset[`says${kind}`].replace(/\{(\w+)\}/g, (_all, name) => said[name]).replace(/\s+([.,])/g, "$1");
}

// --- by keys

function lift(row, handle) {
  lifted = { row, handle, shelf: shelfOf(row), at: placed(shelfOf(row)).indexOf(row) };
  mark(true);
  say("Lifted", row);
}
function mark(isLifted) {
  lifted.row.classList.toggle("is-lifted", isLifted);
  lifted.handle.setAttribute("aria-pressed", isLifted);
}
function drop(kind) {
  const { row, handle, shelf, at } = lifted;
  mark(false);
  lifted = null;
  if (kind === "Back") put(row, shelf, at);
  say(kind, row);
  handle.focus();
}
function step(by) {
  const { row, handle } = lifted, ways = open(row), shelf = shelfOf(row);
  const at = placed(shelf).indexOf(row) + by;
  const next = ways[ways.indexOf(shelf) + by];
  if (at >= 0 && at < placed(shelf).length) put(row, shelf, at);
  else if (next) put(row, next, by > 0 ? 0 : placed(next).length);
  handle.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  say("Moved", row);
}

root.addEventListener("keydown", (event) => {
  const handle = event.target.closest("[data-order-handle]");
  if (!handle) return;
  const acts = { " ": () => (lifted ? drop("Dropped") : lift(handle.closest("li"), handle)) };
  if (lifted) Object.assign(acts, { ArrowUp: () => step(-1), ArrowDown: () => step(1), Escape: () => drop("Back"), Enter: () => drop("Dropped") });
  if (!acts[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  acts[event.key]();
});
root.addEventListener("focusout", (event) => {
  // Laying rows anew takes the focus for a moment; only going elsewhere puts the row down.
  if (lifted && event.relatedTarget && event.target === lifted.handle && event.relatedTarget !== lifted.handle) drop("Dropped");
});

// --- by pointer: a line shows where the row would go, and it goes there when it is let go

function spot(row, y) {
  const found = open(row).flatMap((shelf) => {
    const rows = placed(shelf).filter((each) => each !== row), box = shelf.parentElement.getBoundingClientRect();
    const edges = rows.map((each, at) => ({ shelf, at, y: each.getBoundingClientRect().top, line: each, side: "before" }));
    const last = rows.at(-1);
    return [...edges, { shelf, at: rows.length, y: last ? last.getBoundingClientRect().bottom : box.bottom, line: last || shelf, side: "after" }];
  });
  return found.reduce((best, each) => (Math.abs(each.y - y) < Math.abs(best.y - y) ? each : best));
}

root.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-order-handle]");
  if (!handle || event.button > 0) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  const row = handle.closest("li"), from = event.clientY;
  let to = null, y = from, scrolling = 0;
  row.classList.add("is-dragged");

  function aim() {
    to?.line.classList.remove("is-before", "is-after");
    to = Math.abs(y - from) > 4 || scrolling ? spot(row, y) : null;
    to?.line.classList.add(`is-${to.side}`);
  }
  function move(moved) {
    if (moved.pointerId !== event.pointerId) return;
    y = moved.clientY;
    aim();
    if (!scrolling) scroll();
  }
  function scroll() {
    const by = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
    scrolling = by && requestAnimationFrame(() => { scrollBy(0, by); aim(); scroll(); });
  }
  function end(ended) {
    if (ended.pointerId !== undefined && ended.pointerId !== event.pointerId) return;
    if (ended.type === "keydown" && ended.key !== "Escape") return;
    cancelAnimationFrame(scrolling);
    for (const name of ["pointermove", "pointerup", "pointercancel", "keydown"]) removeEventListener(name, name === "pointermove" ? move : end, true);
    row.classList.remove("is-dragged");
    to?.line.classList.remove("is-before", "is-after");
    if (ended.type !== "pointerup" || !to) return;
    put(row, to.shelf, to.at);
    handle.focus({ preventScroll: true });
    say("Dropped", row);
  }
  addEventListener("pointermove", move, true);
  for (const name of ["pointerup", "pointercancel", "keydown"]) addEventListener(name, end, true);
});

// --- what was ordered and not saved is not lost by another button of the page

let isSent = false;
form.addEventListener("submit", () => { isSent = true; });
addEventListener("beforeunload", (event) => {
  if (!isSent && !changed.hidden) event.preventDefault();
});
for (const part of root.querySelectorAll("[data-order-handle], [data-order-how]")) part.hidden = false;
root.dataset.orderAwake = "";
