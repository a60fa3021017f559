// What is found beside a page. The box: what fits best while somebody types; comes when it, or its key, is used.
const OFF = "slash", boxes = [...document.querySelectorAll("[data-seek]")];
let later;

export function open() {
  const box = boxes.at(-1), sheet = box.closest("details");
  if (sheet) sheet.open = true;
  box.focus();
}

for (const box of boxes.filter((each) => each.dataset.seek)) {
  const found = document.createElement("div"), form = box.form;
  form.after(found);
  const find = async () => {
    const sought = box.value.trim();
    if (sought.length < 2) return found.replaceChildren();
    const said = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${box.dataset.seek}?${said}`, { headers: { "X-Fragment": "1" } }).catch(() => ({}));
    if (answer.ok && sought === box.value.trim()) found.innerHTML = await answer.text();
  };
  box.addEventListener("input", () => { clearTimeout(later); later = setTimeout(find, 200); });
  form.parentNode.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [box, ...found.querySelectorAll("a")];
    if (!step || !stops.includes(event.target)) return;
    event.preventDefault();
    stops[(stops.indexOf(event.target) + step + stops.length) % stops.length].focus();
  });
  if (box.value) find();
}

// What is near a position comes when its place comes into view.
const near = document.querySelector("[data-near]");
if (near) new IntersectionObserver(async ([seen], observer) => {
  if (!seen.isIntersecting) return;
  observer.disconnect();
  const answer = await fetch(near.dataset.near, { headers: { "X-Fragment": "1" } }).catch(() => ({}));
  const made = answer.ok && await answer.text();
  if (made?.trim()) near.innerHTML = made;
}).observe(near);

const key = document.querySelector("[data-slash] input");
if (key) {
  key.closest("[data-slash]").hidden = false;
  key.checked = !localStorage.getItem(OFF);
  key.onchange = () => (key.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 1));
}
