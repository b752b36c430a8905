/** The core chunk every widget shares: element, API client, theme. */
export { define, WidgetElement } from "./element.js";
export { h, sheet } from "./dom.js";
