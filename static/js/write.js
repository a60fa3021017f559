// Writing a position: counters, saving, the card so far, and buttons that change only their part.
import { showCount } from "./count.js";
import { openAdder, wakeFinder } from "./finder.js";
import { wakePicker } from "./picker.js";

const $ = (selector, root = document) => root.querySelector(selector);
const form = $("[data-write]"), stamp = $("[data-stamp]"), moved = $("[data-moved]"), local = $("[data-local]");
const adder = $("[data-adder]");
const KEY = `draft ${new URL(form.action).pathname}`;
const PART = /^(served|outweighed|links)-|^find$/;
let draftUrl = form.dataset.draft, dirty = false, stopped = false, saving = null, previewLater, saveLater;

const clock = (at) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", timeZone: stamp.dataset.zone, timeZoneName: "short",
  }).format(new Date(at));
const say = (words) => { $("[data-say]").textContent = words || ""; };
const typed = () => [...new FormData(form)].filter(([name]) => !/^(draft_|opened$|form_token$)/.test(name));
const body = (entries = new FormData(form), action) => {
  const made = new URLSearchParams(entries);
  if (action) made.set("do", action);
  return made;
};
const post = (url, sent, more) => fetch(url, { method: "POST", body: sent, headers: { "X-Fragment": "1" }, ...more });
const field = (name) => form.elements[name];

function wake(root) {
  wakePicker(root);
  wakeFinder(root, (id) => act(`links-add-${id}`), say);
  for (const link of root.querySelectorAll("[data-link]")) showRebuttal(link);
}

function showRebuttal(link) {
  const box = $("[data-rebuttal]", link), stance = $("[data-stance]:checked", link);
  box.hidden = stance?.value !== "contradicts" && !$("textarea", box).value && !$(".wrong", box);
}

// --- buttons that change one part: the server draws it again, and the focus stays

async function act(action) {
  const old = $(/^(links|find)/.test(action) ? "#part-evidence" : "#part-values");
  if (old.inert) return;
  const sent = body(undefined, action), here = old.contains(document.activeElement) && document.activeElement.id;
  old.inert = true; // nothing can be typed that the answer would overwrite
  try {
    const answer = await post(form.action, sent);
    if (!answer.ok) throw answer;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    const isElsewhere = document.activeElement !== document.body && !old.contains(document.activeElement);
    old.replaceWith(made);
    wake(made);
    if (!isElsewhere) focusAfter(action, made, here);
    say(made.dataset.said);
    changed();
  } catch {
    old.inert = false;
    const button = Object.assign(document.createElement("button"), { name: "do", value: action, hidden: true });
    button.dataset.plain = "";
    form.append(button);
    form.requestSubmit(button);
  }
}

function focusAfter(action, part, here) {
  const [name, verb, which] = action.split("-"), n = Number(which);
  const rows = part.querySelectorAll(`[id^="${name}-"]:is(li)`), last = rows.length - 1;
  const at = verb === "up" ? n - 1 : n + 1;
  const wanted = {
    up: [`do-${name}-up-${at}`, `do-${name}-down-${at}`],
    down: [`do-${name}-down-${at}`, `do-${name}-up-${at}`],
    remove: [`do-${name}-remove-${Math.min(n, last)}`, `do-${name}-add`, "find"],
    add: [`${name}-${last}-value`],
    pick: [here, `${name}-${last}-gloss`],
  }[verb] ?? ["find"];
  const target = name === "links" && verb === "add" ? $("input[type=radio]", rows[last])
    : name === "find" ? $("[data-found] button", part) ?? $("#find")
    : wanted.map((id) => document.getElementById(id)).find((each) => each && !each.disabled);
  target?.focus();
}

// --- the card so far, what is still needed, and how far along each part is

async function preview() {
  const answer = await post(form.dataset.preview, body()).catch(() => null);
  if (!answer?.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = $("[data-count]")?.textContent;
  const states = $("[data-states]", made).dataset.states.split(" ");
  for (const part of form.querySelectorAll("[data-part]")) part.className = `wpart is-${states.shift()}`;
  for (const piece of made.querySelectorAll("[data-piece]")) {
    const old = $(`[data-piece="${piece.dataset.piece}"]`);
    if (!old.contains(document.activeElement)) old.replaceWith(piece);
  }
  const count = $("[data-count]")?.textContent;
  if (count !== before) say(count); // no more often than it changes
  const own = $("[data-own]"), mark = $("[data-piece=card] .card-mark .marker");
  if (!own || !mark) return;
  own.setAttribute("class", mark.classList[1]);
  own.firstElementChild.innerHTML = mark.innerHTML;
}

// --- saving

function changed() {
  dirty = true;
  clearTimeout(previewLater);
  previewLater = setTimeout(preview, 600);
  saveLater ??= setTimeout(save, 3000);
}

function save(isLeaving) {
  clearTimeout(saveLater);
  saveLater = undefined;
  if (!dirty || stopped) return;
  if (saving) return void saving.then(() => save());
  dirty = false;
  if (!draftUrl) return keepHere();
  saving = send(isLeaving === true).finally(() => { saving = null; });
}

async function send(keepalive) {
  const answer = await post(draftUrl, body(), { keepalive }).catch(() => null);
  if (answer?.status === 401 || answer?.status === 403) {  // signed out, or nothing is taken any more
    draftUrl = "";
    return keepHere();
  }
  if (!answer || (!answer.ok && answer.status !== 409)) {
    dirty = true;
    saveLater = setTimeout(save, 10000);
    return showStamp("late", field("draft_saved_at").value || Date.now());
  }
  const { saved_at: at, opened, says } = await answer.json();
  if (says) showMoved(says);
  if ((stopped = answer.status === 409)) return;
  field("opened").value = opened;
  field("draft_saved_at").value = at;
  showStamp("saved", at);
}

function keepHere() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), typed: typed() }));
    showStamp("here", Date.now());
  } catch { /* a browser that keeps nothing: the form can still be posted */ }
}

function showStamp(words, at) {
  stamp.className = `stamp is-${words}`;
  $("b", stamp).textContent = stamp.dataset[words].replace("{time}", clock(at));
}

function showMoved(says) {
  $("[data-words]", moved).textContent = says;
  if (!moved.hidden) return;
  moved.hidden = false;
  moved.scrollIntoView({ block: "nearest" });
}

$("[data-look]").addEventListener("click", () => form.requestSubmit($("[value=keep]")));

// --- what this device kept while nobody was signed in

async function useKept({ at, typed: entries }) {
  const answer = await post(form.action, body([...entries, ["opened", field("opened").value]], "restore"));
  if (!answer.ok) return;
  const token = field("form_token");
  form.innerHTML = await answer.text();
  if (token) form.append(token);
  wake(form);
  showLocal("words", at, false);
  if (draftUrl) localStorage.removeItem(KEY);
  changed();
}

function showLocal(words, at, isAsking) {
  const said = $("[data-words]", local);
  said.textContent = said.dataset[words].replace("{time}", clock(at));
  $("[data-use]").hidden = $("[data-drop]").hidden = !isAsking;
  local.hidden = false;
}

function lookForKept() {
  let kept;
  try { kept = JSON.parse(localStorage.getItem(KEY)); } catch { return; }
  if (!kept) return;
  const same = (entries) => JSON.stringify(entries.filter(([, value]) => value).sort());
  if (same(kept.typed) === same(typed())) return draftUrl && localStorage.removeItem(KEY);
  $("[data-use]").onclick = () => useKept(kept);
  $("[data-drop]").onclick = () => { localStorage.removeItem(KEY); local.hidden = true; };
  showLocal("other", kept.at, true);
}

// --- events

form.addEventListener("input", (event) => {
  if (event.target.dataset.longest) showCount(event.target);
  changed();
});
form.addEventListener("change", (event) => {
  const { picks, stance } = event.target.dataset;
  if (picks && event.target.value && !isByKeys) act(picks);
  if (stance !== undefined) showRebuttal(event.target.closest("[data-link]"));
});
// With arrow keys a list changes on the way to what is meant: so wait for Enter, or for leaving it.
let isByKeys = false;
form.addEventListener("pointerdown", () => { isByKeys = false; });
form.addEventListener("keydown", (event) => {
  const { picks } = event.target.dataset;
  if (!picks || event.key === "Tab") return;
  isByKeys = event.key !== "Enter";
  if (isByKeys || !event.target.value) return;
  event.preventDefault();
  act(picks);
});
form.addEventListener("focusout", ({ target }) => {
  if (!isByKeys || !target.dataset.picks || !target.value) return;
  isByKeys = false;
  setTimeout(() => act(target.dataset.picks));
});
form.addEventListener("submit", (event) => {
  const button = event.submitter, action = button?.value;
  if (action === "enter" && !button.closest(".summary")) {
    event.preventDefault();
    if (document.activeElement?.id === "find") act("find");
  } else if (PART.test(action) && button.dataset.plain === undefined) {
    event.preventDefault();
    act(action);
  } else if (action === "add-evidence" && draftUrl && adder && !button.dataset.tried) {
    event.preventDefault();
    button.dataset.tried = "yes"; // what cannot be opened here is gone to
    openAdder(adder, (id) => act(`links-add-${id}`)).then(() => delete button.dataset.tried,
      () => form.requestSubmit(button));
  } else if (saving) {
    event.preventDefault();
    saving.then(() => form.requestSubmit(button));
  } else {
    if (button?.dataset.forgets !== undefined) localStorage.removeItem(KEY);
    else if (!draftUrl && dirty) keepHere();
    dirty = false; // the form carries everything itself
    clearTimeout(saveLater);
  }
});
$("[data-closer]")?.addEventListener("click", () => adder.close());
addEventListener("visibilitychange", () => document.hidden && save(true));
addEventListener("pagehide", () => save(true));

for (const time of stamp.querySelectorAll("time")) time.textContent = clock(time.dateTime);
wake(form);
$("[data-summary]")?.focus();
lookForKept();
// What was typed before this script came, or put back by the browser.
for (const early of form.querySelectorAll("[data-longest]")) {
  if (early.value === early.defaultValue) continue;
  showCount(early);
  changed();
}
for (const list of form.querySelectorAll("[data-picks]")) if (list.value) act(list.dataset.picks);
