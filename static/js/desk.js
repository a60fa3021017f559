// The desk by keyboard, and what the author will read while it is written.
import { showCount } from "./count.js";

const $ = (selector, root = document) => root.querySelector(selector);
const form = $("[data-desk-form]"), keys = $("[data-keys]"), OFF = "desk keys off";
const NEEDS_NO_REASON = /^(approve|restore|keep)$/;
const TYPED = "textarea, select, input:not([type=radio], [type=checkbox])";
let later, asked = 0;

// --- keys: each is one letter, so they can be turned off

const areOff = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };

function walk(step) {
  const lines = [...document.querySelectorAll("[data-walk]")];
  const open = lines.findIndex((line) => line.ariaCurrent), here = lines.indexOf(document.activeElement);
  const at = here < 0 ? (open < 0 ? -Math.min(step, 0) : open + step) : here + step;
  lines[Math.max(0, Math.min(at, lines.length - 1))]?.focus();
}

function choose(radio) {
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  const reason = !NEEDS_NO_REASON.test(radio.value) && $("#reason", form ?? document);
  ($(`[data-for=${radio.value}] :is(select, input, textarea)`) ?? (reason || $("[data-send]") || radio)).focus();
}

const WAYS = {
  j: () => walk(1),
  k: () => walk(-1),
  n: () => $("[data-next]")?.click(),
  t: () => $("[data-take]")?.click(),
  "?": () => keys.showModal(),
};

addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (form && key === "Enter" && (ctrlKey || metaKey)) {
    event.preventDefault();
    return form.requestSubmit($("[data-send]", form));
  }
  if (ctrlKey || metaKey || altKey || event.isComposing || keys?.open) return;
  if (target.matches?.(TYPED)) return key === "Escape" && target.blur();
  if (areOff() && key !== "?") return;
  const letter = key.toLowerCase(), radio = letter.length === 1 && $(`[data-key="${CSS.escape(letter)}"]`);
  if (!radio && !WAYS[letter]) return;
  event.preventDefault();
  if (radio) choose(radio);
  else WAYS[letter]();
});

const uses = keys && $("[data-uses]", keys);
if (uses) {
  uses.checked = !areOff();
  uses.addEventListener("change", () => {
    if (uses.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  for (const button of document.querySelectorAll("[data-shows-keys]")) {
    button.hidden = false;
    button.addEventListener("click", WAYS["?"]);
  }
}

// --- the decision as it is written

async function follow() {
  const mine = ++asked, body = new URLSearchParams(new FormData(form));
  body.set("do", "preview");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Fragment": "1" } })
    .catch(() => null);
  if (!answer?.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine === asked) for (const part of made.querySelectorAll("[data-part]")) $(`[data-part=${part.dataset.part}]`)?.replaceWith(part);
}

function show() {
  const action = $("[name=action]:checked", form), send = $("[data-send]", form), rules = $("[data-rules]", form);
  if (action?.dataset.does) send.textContent = action.dataset.does;
  if (!rules) return;
  const reason = $("#reason", form).value;
  rules.open ||= Boolean(reason);
  for (const rule of rules.querySelectorAll("[data-rule]")) rule.hidden = Boolean(reason) && rule.dataset.rule !== reason;
}

const list = $("[data-queue]"), line = $("li.is-open", list);
if (line && line.getBoundingClientRect().bottom > list.getBoundingClientRect().bottom) {
  list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 4;
}

if (form) {
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.longest) showCount(target);
    show();
    if (!$("[data-part]", form)) return;
    clearTimeout(later);
    later = setTimeout(follow, target.matches("textarea") ? 500 : 0);
  });
  for (const field of form.querySelectorAll("[data-longest]")) showCount(field);
  show();
  if ($("[name=action]:checked", form) && $("[data-part]", form)) follow();
}
