// Adds the visitor's own time to the shop's opening hours. Without it the shop's time stands, in its own zone.

const DAY = 1440;
const WEEK = 7 * DAY;
/** A Monday, to name weekdays by. */
const MONDAY = Date.UTC(2024, 0, 1);

/** How many minutes a zone's clock is ahead of UTC at an instant. */
function offset(zone, at) {
  const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en", options).formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  return Math.round((wall - Math.floor(at.getTime() / 60000) * 60000) / 60000);
}

/** The same span in the visitor's week: weekday and minutes of start and end. */
function shifted(weekday, opens, closes, minutes) {
  const start = (weekday * DAY + opens + minutes + WEEK) % WEEK;
  return { weekday: Math.floor(start / DAY), opens: start % DAY, closes: (start + closes - opens) % DAY };
}

function show(hours) {
  const visitor = hours.querySelector("[data-visitor]");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  const minutes = offset(own, now) - offset(hours.dataset.zone, now);
  if (minutes === 0) return;
  const name = new Intl.DateTimeFormat(hours.dataset.lang, { weekday: "long", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(hours.dataset.lang, { timeStyle: "short", timeZone: "UTC" });
  const lines = [];
  for (const line of hours.querySelectorAll("[data-weekdays]")) {
    const [opens, closes] = [Number(line.dataset.opens), Number(line.dataset.closes)];
    const spans = line.dataset.weekdays.split(" ").map((day) => shifted(Number(day), opens, closes, minutes));
    spans.sort((one, other) => one.weekday - other.weekday);
    const text = (at) => time.format(new Date(MONDAY + at * 60000));
    lines.push([runs(spans.map((span) => span.weekday), name), `${text(spans[0].opens)} – ${text(spans[0].closes)}`]);
  }
  visitor.querySelector("ul").replaceChildren(...lines.map(item));
  visitor.querySelector("p").append(` (${own.split("/").pop().replaceAll("_", " ")})`);
  visitor.hidden = false;
}

/** Days that follow one another as a span, as the server writes them. */
function runs(days, name) {
  const text = (day) => name.format(new Date(MONDAY + day * DAY * 60000));
  const found = [];
  for (const day of days) {
    const last = found[found.length - 1];
    if (last && last[1] === day - 1) last[1] = day;
    else found.push([day, day]);
  }
  return found.map(([first, end]) => (first === end ? text(first) : `${text(first)} – ${text(end)}`)).join(", ");
}

function item([days, times]) {
  const line = document.createElement("li");
  const [first, second, inner] = [document.createElement("span"), document.createElement("span"), document.createElement("bdi")];
  first.textContent = days;
  second.className = "hours__times";
  inner.textContent = times;
  second.append(inner);
  line.append(first, " ", second);
  return line;
}

for (const hours of document.querySelectorAll("[data-hours]")) {
  try {
    show(hours);
  } catch {
    // A zone this browser does not know: the shop's own time stands.
  }
}
