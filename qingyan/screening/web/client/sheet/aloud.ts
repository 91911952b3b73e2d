/* Reading aloud by the browser's own voice; without a Chinese one the button gives way to the reason. Nothing is sent. */

const CHINESE = /^(zh[-_](cn|hans)|cmn)|^zh$/i;

export class Aloud {
  private text = "";
  private on = false;
  private engine = window.speechSynthesis as SpeechSynthesis | undefined;

  constructor(
    private button: HTMLElement,
    private reason: HTMLElement,
  ) {
    button.addEventListener("click", () => this.turn(!this.on));
    if (this.engine && this.engine.addEventListener) this.engine.addEventListener("voiceschanged", () => this.look());
    this.look(); // many browsers know their voices only after a while
  }

  /** Another question is on the screen. */
  shown(text: string): void {
    this.text = text;
    if (this.on) this.say();
  }

  quiet(): void {
    if (this.engine) this.engine.cancel();
  }

  private voice(): SpeechSynthesisVoice | undefined {
    // A voice from far away would send the question out of the school's network.
    return this.engine && this.engine.getVoices().filter((voice) => CHINESE.test(voice.lang) && voice.localService)[0];
  }

  private look(): void {
    const has = !!this.voice();
    this.button.hidden = !has;
    this.reason.hidden = has;
  }

  private turn(on: boolean): void {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    if (on) this.say();
    else this.quiet();
  }

  private say(): void {
    const voice = this.voice();
    this.quiet();
    if (!voice || !this.engine || !this.text) return;
    const speech = new SpeechSynthesisUtterance(this.text);
    speech.voice = voice;
    speech.lang = voice.lang;
    speech.rate = 0.9;
    this.engine.speak(speech);
  }
}
