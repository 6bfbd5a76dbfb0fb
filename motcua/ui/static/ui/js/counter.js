// The counter: a scanner types like a very fast keyboard and ends with Enter. Wherever the focus is, such a burst lands in
// the field marked [data-scan] and its form is sent. Slow typing by a person is left alone. Where there is a camera, a
// button offers it; everything else works without it.
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
const failed = document.querySelector("[data-camera-failed]");

// The browser's own reader where it has one (Android, macOS); elsewhere a reader that is fetched only then.
async function reader() {
  const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (formats.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  await import("../vendor/jsqr.js");
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    if (!width) return "";
    Object.assign(pen.canvas, { width, height });
    pen.drawImage(video, 0, 0);
    return self.jsQR(pen.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: "dontInvert" })?.data;
  };
}

async function look() {
  const video = view.querySelector("video");
  const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    view.hidden = true;
  };
  addEventListener("pagehide", stop, { once: true });
  try {
    const read = await reader();
    view.hidden = false;
    video.srcObject = stream;
    await video.play();
    while (!view.hidden) {
      const text = await read(video);
      if (text) return take(text);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  } finally {
    stop();
  }
}

if (button && view && navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => {
    failed.hidden = true;
    if (!view.hidden) {
      view.hidden = true; // pressed again: that is enough
      return;
    }
    look().catch(() => {
      // No camera, or not allowed: it is said, and the field is still there.
      failed.hidden = false;
      field.focus();
    });
  });
}
