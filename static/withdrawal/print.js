/* The button that prints; without script the page is printed like any other. */
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
