// While a message waits for the worker, ask for this very page again and show it once the answer is there.
const MOST = 120;
const EVERY = 1500;

async function isApplied() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    return answer.ok && !(await answer.text()).includes("data-waiting");
  } catch {
    return false; // the server restarts, or the line is gone: the page stays as useful as it was
  }
}

for (let asked = 0; asked < MOST; asked += 1) {
  await new Promise((done) => setTimeout(done, EVERY));
  if (await isApplied()) {
    location.reload();
    break;
  }
}
