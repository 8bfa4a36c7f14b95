import { RowHeights } from './row-heights.ts';
import { areaPx, positionAt, scrolledTo, type ScrollPosition, type ScrollSpace } from './scroll-window.ts';

/** What to draw. The same object until something of it changes. */
export interface LogFrame {
  /** 1-based, both ends included; `lastLine` 0 when the log is empty. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Where `firstLine` begins, pixels from the top of the scrolled area. */
  readonly offsetPx: number;
  /** The lines that are really in sight, without those drawn in reserve. */
  readonly topLine: number;
  readonly bottomLine: number;
  /** Whether the end stays in sight as the log grows. */
  readonly isFollowing: boolean;
}

const RESERVE_LINES = 12;

/**
 * Which lines of a log are in sight: joins the scrolled element, the number of lines and, with wrapped lines, their measured
 * heights. Told of everything by calls; draws nothing itself.
 */
export class LogViewport {
  readonly #heights: RowHeights;
  readonly #listeners = new Set<() => void>();
  #element: HTMLElement | null = null;
  #area: HTMLElement | null = null;
  #lineCount = 0;
  #viewPx = 0;
  #position: ScrollPosition = { topPx: 0, scrollTop: 0 };
  #isFollowing = false;
  #frame: LogFrame;

  constructor(rowPx: number) {
    this.#heights = new RowHeights(rowPx);
    this.#frame = this.#draw();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly frame = (): LogFrame => this.#frame;

  /** Takes over an element's scrolling and the height of the area within it; the returned function lets both go. */
  attach(element: HTMLElement, area: HTMLElement): () => void {
    this.#element = element;
    this.#area = area;
    const onScroll = (): void => this.#onScroll(element.scrollTop);
    const observer = new ResizeObserver(() => this.#resize(element.clientHeight));
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
      this.#element = null;
      this.#area = null;
    };
  }

  setLineCount(lineCount: number): void {
    if (lineCount === this.#lineCount) return;
    this.#lineCount = lineCount;
    this.#settle();
  }

  /** Keeps the end in sight from now on, or no longer. */
  follow(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    this.#settle();
  }

  /** Brings a line into the upper third of the view; ends following. */
  reveal(line: number): void {
    this.#isFollowing = false;
    const isInSight = line > this.#frame.topLine && line < this.#frame.bottomLine;
    if (!isInSight || this.#viewPx === 0) this.#moveTo(this.#heights.topOf(line) - this.#viewPx / 3);
    else this.#update();
  }

  /** Heights in rows of lines that were drawn; what stands at the top of the view stays there. */
  measured(rows: readonly (readonly [line: number, rows: number])[]): void {
    const anchor = this.#frame.topLine;
    const insetPx = this.#position.topPx - this.#heights.topOf(anchor);
    let isNews = false;
    for (const [line, count] of rows) isNews = this.#heights.set(line, count) || isNews;
    if (!isNews) return;
    if (this.#isFollowing) this.#settle();
    else this.#moveTo(this.#heights.topOf(anchor) + insetPx);
  }

  /** Lines may have other heights now: wrapping was switched, or the width changed. */
  forgetHeights(): void {
    const anchor = this.#frame.topLine;
    this.#heights.clear();
    if (this.#isFollowing) this.#settle();
    else this.#moveTo(this.#heights.topOf(anchor));
  }

  #space(): ScrollSpace {
    return { contentPx: this.#heights.topOf(this.#lineCount + 1), viewPx: this.#viewPx };
  }

  #resize(viewPx: number): void {
    this.#viewPx = viewPx;
    this.#settle();
  }

  #settle(): void {
    this.#moveTo(this.#isFollowing ? Infinity : this.#position.topPx);
  }

  #moveTo(topPx: number): void {
    const space = this.#space();
    this.#position = positionAt(space, topPx);
    // The area first: the element would refuse a place beyond it.
    if (this.#area !== null) this.#area.style.height = `${areaPx(space)}px`;
    this.#scrollElement();
    this.#update();
  }

  #scrollElement(): void {
    if (this.#element === null || Math.abs(this.#element.scrollTop - this.#position.scrollTop) < 1) return;
    this.#element.scrollTop = this.#position.scrollTop;
    // It may have been rounded to the pixels of the screen.
    this.#position = { ...this.#position, scrollTop: this.#element.scrollTop };
  }

  #onScroll(scrollTop: number): void {
    const before = this.#position;
    if (Math.abs(scrollTop - before.scrollTop) < 1) return;
    const space = this.#space();
    this.#position = scrolledTo(space, before, scrollTop);
    const isAtEnd = this.#position.topPx >= space.contentPx - space.viewPx - this.#heights.rowPx;
    if (this.#position.topPx < before.topPx && !isAtEnd) this.#isFollowing = false;
    this.#scrollElement();
    this.#update();
  }

  #draw(): LogFrame {
    const { topPx, scrollTop } = this.#position;
    const topLine = this.#heights.lineAt(topPx, this.#lineCount);
    const bottomLine = this.#heights.lineAt(topPx + this.#viewPx, this.#lineCount);
    const firstLine = Math.max(1, topLine - RESERVE_LINES);
    return {
      firstLine,
      lastLine: Math.min(this.#lineCount, bottomLine + RESERVE_LINES),
      offsetPx: this.#heights.topOf(firstLine) - topPx + scrollTop,
      topLine,
      bottomLine,
      isFollowing: this.#isFollowing,
    };
  }

  #update(): void {
    const frame = this.#draw();
    const before = this.#frame;
    const keys = Object.keys(frame) as (keyof LogFrame)[];
    if (keys.every((key) => frame[key] === before[key])) return;
    this.#frame = frame;
    for (const listener of this.#listeners) listener();
  }
}
