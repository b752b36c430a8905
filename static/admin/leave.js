// Have the whole window go where this script's tag says, out of the frame the page is in.
window.open(document.currentScript.dataset.to, "_top");
