// Rating: an answer is saved as it is chosen; digits, d and n choose while its statement has the
// focus, and Enter sends the form as it does without a script.
const form = document.querySelector("[data-rate]"), said = form.querySelector("[data-saved]");
let saving;

async function save() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "1" } })
    .catch(() => 0);
  if (answer.ok) said.innerHTML = await answer.text();
  else said.textContent = /401|409|422/.test(answer.status) ? await answer.text() : said.dataset.lost;
}

form.onchange = () => { saving = Promise.resolve(saving).then(save); };
form.onkeydown = (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea")) return;
  const radio = target.closest("[data-code]")?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.focus();
  radio.click();
};
