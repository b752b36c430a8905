/** The core chunk every widget shares: element, API client, theme. */
export { define, WidgetElement } from "./element.js";
export { h, readOn, sheet } from "./dom.js";
