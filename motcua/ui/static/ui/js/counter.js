// The counter: a scanner types like a very fast keyboard and ends with Enter. Wherever the focus is, such a burst lands in
// the field marked [data-scan] and its form is sent. Slow typing by a person is left alone. Where the browser can read
// codes from a picture, a button offers the camera; everything else works without it.
const field = document.querySelector("[data-scan]");
const BURST = 35;
const SHORTEST = 12;
let typed = "";
let last = 0;

function take(text) {
  field.value = text;
  field.form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (event.target === field || event.ctrlKey || event.metaKey || event.altKey) return;
  const quick = event.timeStamp - last < BURST;
  last = event.timeStamp;
  if (event.key === "Enter") {
    if (quick && typed.length >= SHORTEST) {
      event.preventDefault();
      take(typed);
    }
    typed = "";
  } else if (event.key.length === 1) {
    typed = quick ? typed + event.key : event.key;
  }
});

// --- the camera

const button = document.querySelector("[data-camera]");
const view = document.querySelector("[data-camera-view]");

async function canRead() {
  if (!button || !view || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

async function look() {
  const video = view.querySelector("video");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  view.hidden = false;
  video.srcObject = stream;
  await video.play();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    view.hidden = true;
  };
  addEventListener("pagehide", stop, { once: true });
  while (!view.hidden) {
    const [code] = await detector.detect(video).catch(() => []);
    if (code?.rawValue) {
      stop();
      take(code.rawValue);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

if (await canRead().catch(() => false)) {
  button.hidden = false;
  button.addEventListener("click", () => {
    look().catch(() => {
      // No camera, or not allowed: the field is still there.
      view.hidden = true;
      button.hidden = true;
      field.focus();
    });
  });
}
