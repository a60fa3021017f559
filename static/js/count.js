// Characters as the server counts them (discussion.text.count): code points of the normal form.
const BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const UNWANTED = /[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g;

export const count = (text) =>
  [...text.replace(BREAKS, "\n").replace(UNWANTED, "").normalize("NFC")].length;

export function showCount(field) {
  const counter = document.querySelector(`[data-counter="${field.id}"]`);
  if (!counter) return;
  const n = count(field.value);
  counter.textContent = counter.textContent.replace(/[\d,]+/, n.toLocaleString("en-GB"));
  counter.classList.toggle("is-over", n > Number(field.dataset.longest));
}
