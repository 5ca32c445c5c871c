// A box of the driver diagram can be dragged onto the box that it should drive. The same can be done with the table.

const picture = document.querySelector("svg.drivers-picture");
const form = document.getElementById("driver-drop");
const under = { primary: ["aim"], secondary: ["primary"], idea: ["primary", "secondary"] };
under.measure = ["aim", "primary", "secondary", "idea"];
const LEAST = 6; // pixels: less is a click, which leads to the words of the box

let held = null;

const boxAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(".drivers-box");
const takes = (box) => box && box !== held.box && under[held.box.dataset.kind]?.includes(box.dataset.kind);

const letGo = () => {
  if (!held) return;
  held.box.removeAttribute("transform");
  picture.classList.remove("drivers-dragging");
  picture.querySelectorAll(".drivers-target").forEach((box) => box.classList.remove("drivers-target"));
  held = null;
};

if (picture && form) {
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    const box = event.target.closest(".drivers-box");
    if (box && event.isPrimary && event.button === 0) held = { box, x: event.clientX, y: event.clientY, isMoving: false };
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    held.isMoving ||= Math.hypot(x, y) > LEAST && held.box.dataset.kind !== "aim";
    if (!held.isMoving) return;
    picture.classList.add("drivers-dragging");
    held.box.setAttribute("transform", `translate(${x} ${y})`);
    picture.querySelectorAll(".drivers-target").forEach((box) => box.classList.remove("drivers-target"));
    const box = boxAt(event);
    if (takes(box)) box.classList.add("drivers-target");
  });
  addEventListener("pointerup", (event) => {
    if (!held?.isMoving) return letGo();
    const box = boxAt(event);
    if (takes(box)) {
      form.elements.node.value = held.box.dataset.node;
      form.elements.parent.value = box.dataset.node;
      form.requestSubmit();
    }
    // The click that follows would open the box.
    addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    setTimeout(letGo);
  });
  addEventListener("pointercancel", letGo);
  addEventListener("keydown", (event) => event.key === "Escape" && letGo());
}
