// What changes while a page is open. Every page works without it.

const secondsBetween = (least, most) => 1000 * (least + Math.random() * (most - least));
const bySelector = (selector, within = document) => within.querySelector(selector);
const version = bySelector('meta[name="simmer-version"]')?.content;

// Times in the reader's own zone.
const forms = {
  moment: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  day: { day: "numeric", month: "long", year: "numeric" },
};
function tellTimes(within) {
  for (const time of within.querySelectorAll("time[data-shown]")) {
    const form = new Intl.DateTimeFormat("en-GB", forms[time.dataset.shown]);
    time.textContent = form.format(new Date(time.dateTime));
  }
}
tellTimes(document);

// The key's hash stands after the # of an invite link, which a browser never sends.
const whole = bySelector("[data-whole-address]");
if (whole && location.hash.startsWith("#sha256=")) whole.textContent += location.hash;

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    bySelector("[data-copied]", button.parentElement).textContent = "Copied.";
  });
}

// The same page, fresh from the service.
async function fresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (bySelector('meta[name="simmer-version"]', page)?.content !== version) {
    location.reload();
    return null;
  }
  tellTimes(page);
  return page;
}

// Calls `changed` when a board has moved, and now and then in any case; `state` with whether the service is there.
function follow(address, changed, state) {
  let waiting = 0;
  let wait = 2;
  const look = async () => {
    waiting = 0;
    try {
      await changed();
      state(true);
      soon(secondsBetween(90, 120));
    } catch {
      state(false);
      soon(secondsBetween(20, 40));
    }
  };
  const soon = (after) => {
    clearTimeout(waiting);
    waiting = setTimeout(look, after);
  };
  const listen = () => {
    const stream = new EventSource(address);
    // The first thing that is said, at once, is where the boards are: what moved while nobody listened is not missed.
    stream.addEventListener("open", () => (wait = 2));
    stream.addEventListener("message", () => soon(secondsBetween(0.2, 1.5)));
    stream.addEventListener("error", () => {
      stream.close();
      wait = Math.min(wait * 2, 60);
      soon(secondsBetween(1, 3));
      setTimeout(listen, secondsBetween(wait / 2, wait));
    });
  };
  listen();
  soon(secondsBetween(90, 120));
}

const live = document.body.dataset.live;
if (live && document.body.dataset.wall) wall(live, Number(document.body.dataset.wall));
else if (live) {
  const board = document.getElementById("live");
  if (board) {
    follow(
      live,
      async () => {
        // Whoever is in the middle of the board with the keyboard keeps their place.
        if (board.contains(document.activeElement)) return;
        const page = await fresh();
        const next = page && page.getElementById("live");
        if (next && next.innerHTML !== board.innerHTML) board.replaceChildren(...next.childNodes);
      },
      () => {},
    );
  }
}

function wall(address, seconds) {
  const root = document.documentElement;
  root.classList.add("live");
  const main = bySelector("main");
  const state = bySelector("[data-state]");
  const buttons = bySelector("[data-buttons]");
  const hold = bySelector("[data-hold]");
  let slide = 0;
  let held = false;
  let turning = 0;
  let since = new Date();

  const slides = () => [...main.querySelectorAll(".slide")];
  const show = (place) => {
    const all = slides();
    slide = place % all.length;
    all.forEach((one, index) => one.classList.toggle("on", index === slide));
    document.querySelectorAll(".dots i").forEach((dot, index) => dot.classList.toggle("on", index === slide));
    clearTimeout(turning);
    if (!held && all.length > 1) turning = setTimeout(() => show(slide + 1), seconds * 1000);
  };
  buttons.hidden = slides().length < 2;
  let asleep = 0;
  for (const sign of ["pointermove", "pointerdown", "keydown"]) {
    addEventListener(sign, () => {
      root.classList.add("awake");
      clearTimeout(asleep);
      asleep = setTimeout(() => root.classList.remove("awake"), 6000);
    });
  }
  hold.addEventListener("click", () => {
    held = !held;
    hold.setAttribute("aria-pressed", String(held));
    show(slide);
  });
  bySelector("[data-next]").addEventListener("click", () => show(slide + 1));

  // Who rose is told in words beside the points, until the board has been round again.
  const ranks = (of) =>
    new Map([...of.querySelectorAll("[data-who]")].map((row) => [`${row.closest("table").dataset.board} ${row.dataset.who}`, row]));
  const tellMoves = (before, page) => {
    for (const [who, row] of ranks(page)) {
      const old = before.get(who);
      const rank = Number(row.dataset.rank);
      const rose = old ? Number(old.dataset.rank) - rank : 0;
      const words = rose > 0 ? `up ${rose}` : !old && before.size > 0 ? "new here" : "";
      if (!words || !rank) continue;
      const told = page.createElement("span");
      told.className = "moved";
      told.textContent = words;
      bySelector(".name", row).after(told);
    }
  };

  const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
  follow(
    address,
    async () => {
      const page = await fresh();
      if (!page) return;
      const next = bySelector("main", page);
      tellMoves(ranks(main), page);
      main.replaceChildren(...next.childNodes);
      bySelector(".dots").replaceChildren(...bySelector(".dots", page).childNodes);
      bySelector(".under-stage").textContent = bySelector(".under-stage", page).textContent;
      buttons.hidden = slides().length < 2;
      show(Math.min(slide, slides().length - 1));
    },
    (there) => {
      if (there) since = new Date();
      root.classList.toggle("stale", !there);
      const words = there
        ? `As of ${clock.format(since)}`
        : `Not up to date since ${clock.format(since)}. The service cannot be reached; trying again.`;
      if (state.textContent !== words) state.textContent = words;
    },
  );

  // The window on the wall has the light of the hour outside.
  const light = () => {
    const hour = new Date().getHours();
    root.dataset.sky = hour < 6 || hour >= 21 ? "night" : hour < 9 ? "morning" : hour < 17 ? "day" : "evening";
  };
  light();
  setInterval(light, 60_000);

  // No pixel shows the same all night: everything wanders a little.
  const path = [[0, 0], [5, 3], [8, 8], [3, 10], [-4, 7], [-8, 1], [-5, -6], [2, -8], [7, -3]];
  let step = 0;
  setInterval(() => {
    step = (step + 1) % path.length;
    root.style.setProperty("--wander-x", `${path[step][0]}px`);
    root.style.setProperty("--wander-y", `${path[step][1]}px`);
  }, 180_000);

  // A script that has run for days is begun anew, at night.
  const begun = Date.now();
  setInterval(() => {
    if (Date.now() - begun > 12 * 3_600_000 && new Date().getHours() === 4) fresh().then(() => location.reload(), () => {});
  }, 900_000);

  navigator.wakeLock?.request("screen").catch(() => {});
  show(0);
  requestAnimationFrame(() => requestAnimationFrame(() => root.classList.add("turning")));
}
