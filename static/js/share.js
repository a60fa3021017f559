// Copying an address, and the device's own sheet. Without this the field can be selected.
const [sheet] = document.querySelectorAll("[data-share]");
const [copy, send] = sheet.querySelectorAll("button");
const field = sheet.querySelector("input"), said = sheet.querySelector("[data-said]");
copy.hidden = false;
copy.onclick = async () => {
  field.select();
  await navigator.clipboard?.writeText(field.value) ?? document.execCommand("copy");
  said.textContent = said.dataset.said;
};
if (send && navigator.share) {
  send.parentNode.hidden = false;
  send.onclick = () => navigator.share({ url: field.value }).catch(() => {});
}
