/* The square of a photograph, chosen before it is sent: by dragging, by the arrow keys, closer and farther.
   Without this file a side or the middle is kept, as the form says. */
(() => {
  "use strict";
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const within = (value) => Math.min(1, Math.max(0, value));

  function load(file) {
    return new Promise((resolve, reject) => {
      const [reader, image] = [new FileReader(), new Image()];
      [image.onload, image.onerror, reader.onerror] = [() => resolve(image), reject, reject];
      reader.onload = () => { image.src = reader.result; };
      reader.readAsDataURL(file);
    });
  }

  class Crop {
    constructor(form) {
      this.form = form;
      [this.box, this.canvas, this.zoom] = ["[data-crop-box]", "canvas", "[data-crop-zoom]"].map((name) => form.querySelector(name));
      this.canvas.addEventListener("pointerdown", (event) => { this.canvas.setPointerCapture(event.pointerId); this.canvas.focus(); this.at = event; });
      this.canvas.addEventListener("pointermove", (event) => { if (event.buttons && this.at) this.drag(event); });
      this.canvas.addEventListener("keydown", (event) => this.step(event));
      this.zoom.addEventListener("input", () => this.draw());
    }

    show(image) {
      this.image = image;
      [this.x, this.y, this.zoom.value] = [0.5, 0.5, 1];
      this.box.hidden = !image;
      this.form.querySelector("fieldset").hidden = Boolean(image);
      for (const name of ["x", "y", "part"]) this.form.elements[name].value = "";
      if (image) this.draw();
    }

    get edge() { return Math.min(this.image.naturalWidth, this.image.naturalHeight) / this.zoom.value; }

    move(dx, dy) { // in pixels of the picture
      const [across, down] = [this.image.naturalWidth - this.edge, this.image.naturalHeight - this.edge];
      if (across > 0) this.x = within(this.x + dx / across);
      if (down > 0) this.y = within(this.y + dy / down);
      this.draw();
    }

    drag(event) { // by where it is: how far a finger moved, older iPhones do not say
      const scale = this.edge / this.canvas.clientWidth;
      this.move((this.at.clientX - event.clientX) * scale, (this.at.clientY - event.clientY) * scale);
      this.at = event;
    }

    step(event) {
      const way = STEPS[event.key];
      if (!way) return;
      event.preventDefault();
      this.move(way[0] * this.edge / 20, way[1] * this.edge / 20);
    }

    draw() {
      const { image, edge, canvas } = this;
      const [left, top] = [(image.naturalWidth - edge) * this.x, (image.naturalHeight - edge) * this.y];
      canvas.getContext("2d").drawImage(image, left, top, edge, edge, 0, 0, canvas.width, canvas.height);
      const said = { x: this.x, y: this.y, part: 1 / this.zoom.value };
      for (const [name, value] of Object.entries(said)) this.form.elements[name].value = Math.round(value * 1000);
    }
  }

  const crops = new WeakMap();
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-crop]");
    if (!form || event.target.type !== "file") return;
    if (!crops.has(form)) crops.set(form, new Crop(form));
    const [file] = event.target.files;
    (file ? load(file) : Promise.reject()).then((image) => crops.get(form).show(image), () => crops.get(form).show(null));
  });
})();
