// The site's one entry. Every page works without it; each part wakes where its data- attributes are.
const menus = () => document.querySelectorAll("details[data-closes][open]");
addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
// The box brings its own script when it is first used; its key can be turned off on the page of results.
const seek = () => import("./seek.js");
addEventListener("focusin", (event) => event.target.matches("[data-seek]") && seek());
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.target.closest("input,textarea,select") || localStorage.slash) return;
  event.preventDefault();
  seek().then((box) => box.open());
});

const parts = Object.entries({ write: "write", queue: "desk", batch: "batch", order: "order", rate: "rate", share: "share", slash: "seek", near: "seek" })
  .filter(([where]) => document.querySelector(`[data-${where}]`));
Promise.all(parts.map(([, script]) => import(`./${script}.js`)))
  .then(() => { document.documentElement.dataset.awake = ""; });

// A form that is on its way is not sent a second time; going back to its page lets it be sent again.
let busy = {};
const wake = () => { busy.inert = false; };
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (busy.inert) return event.preventDefault();
  busy = event.target;
  busy.inert = true;
  setTimeout(wake, 9000);
});
addEventListener("pageshow", wake);

// The folded part of a card comes when it is asked for; a link that opens elsewhere stays one.
addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-unfolds]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const card = link.closest("article");
  const answer = await fetch(`${link.pathname}?level=${link.dataset.unfolds}`, { headers: { "X-Fragment": "1" } })
    .catch(() => ({}));
  if (!answer.ok) { location = link.href; return; }
  link.parentNode.outerHTML = await answer.text();
  card.querySelector(".more summary").focus();
});

// A session that is about to end says so in time.
const ending = document.querySelector("[data-ends]");
if (ending) setTimeout(() => { ending.hidden = false; }, (ending.dataset.ends - 900) * 1000);

// On a thread's map the arrow keys go from mark to mark: to the nearest that lies that way.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

addEventListener("keydown", (event) => {
  const here = event.target.closest?.(".map-plate a");
  const way = WAYS[event.key];
  if (!here || !way) return;
  event.preventDefault();
  const [x, y] = middle(here);
  let next, least = 1e9;
  for (const mark of here.closest(".map-plate").querySelectorAll("a")) {
    const [u, v] = middle(mark);
    const along = (u - x) * way[0] + (v - y) * way[1];
    const off = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
    if (along > 0 && along + 2 * off < least) [next, least] = [mark, along + 2 * off];
  }
  next?.focus();
});
