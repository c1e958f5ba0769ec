// For a page that shows the widget in an iframe.

import type { SkillsPassportDocument, SkillsPassportEventMap, SkillsPassportSettings } from "./skills-passport.js";

/** A conversation with the widget in an iframe. Its events are those of the element. */
export interface Connection extends EventTarget {
  start(): Promise<void>;
  pause(): Promise<void>;
  export(): Promise<void>;
  import(file: File | Blob | string): Promise<void>;
  share(): Promise<SkillsPassportDocument | undefined>;
  /** Changes settings. */
  set(settings: SkillsPassportSettings): void;
  /** Stops listening. */
  close(): void;
  addEventListener<K extends keyof SkillsPassportEventMap>(
    type: K,
    listener: (event: SkillsPassportEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Connects with the widget in `frame`, whose `src` is the address of `embed.html`. */
export function connect(frame: HTMLIFrameElement, settings?: SkillsPassportSettings): Connection;
