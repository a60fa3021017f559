// Copying an address, and the device's own sheet. Without this the field can be selected.
const [[copy, send], [field], [said]] = ["button", "input", "[data-said]"]
  .map((part) => document.querySelectorAll(`[data-share] ${part}`));
copy.hidden = false;
copy.onclick = () => {
  field.select();
  if (document.execCommand("copy")) said.textContent = said.dataset.said;
};
if (send && navigator.share) {
  send.parentNode.hidden = false;
  send.onclick = () => navigator.share({ url: field.value }).catch(() => {});
}
