// Work that takes a while and must not overlap with itself.

/** Asked for while it goes on, the work is done once more when it has ended. */
export class Serial {
  /** @param {() => Promise<void>} work */
  constructor(work) {
    this.work = work;
    this.wanted = false;
    this.going = false;
    this.stopped = false;
  }

  async ask() {
    this.wanted = true;
    if (this.going) return;
    this.going = true;
    try {
      while (this.wanted && !this.stopped) {
        this.wanted = false;
        await this.work();
      }
    } finally {
      this.going = false;
    }
  }

  /** Not again. */
  stop() {
    this.stopped = true;
  }
}
