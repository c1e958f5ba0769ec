// The element <skills-passport> for TypeScript. `import "skills-passport"` (or a reference to this file) makes
// document.createElement("skills-passport") and addEventListener know it.

/** Where the files of the widget are, for a script that was bundled away from them; call it where you import the module. */
export function setBase(address: string | URL): void;

export type SkillsPassportMode = "quick" | "standard" | "thorough" | "focus";
export type SkillsPassportTheme = "auto" | "light" | "dark" | "contrast";
export type SkillsPassportStorage = "ask" | "memory" | "device";
export type SkillsPassportErrorCode = "not-loaded" | "panic" | "storage" | "file" | "other" | (string & {});

/** A catalogue of offers, see `frameworks/offers/README.md`. */
export type SkillsPassportOffers = object;

/** A passport document: what the learner chose to give. See `core/schema/passport-1.1.schema.json`. */
export interface SkillsPassportDocument {
  format: string;
  id: string;
  created: string;
  records: ReadonlyArray<{ type: string; [member: string]: unknown }>;
}

export interface SkillsPassportEventMap {
  /** The first screen is there. */
  ready: CustomEvent<Record<string, never>>;
  /** The person has begun. */
  start: CustomEvent<{ mode: SkillsPassportMode }>;
  /** A question was answered, or an answer taken back. */
  progress: CustomEvent<{ answered: number; atMost: number }>;
  /** The questions are finished. Carries no result: ask for it with `share()`. */
  complete: CustomEvent<Record<string, never>>;
  /** The person gives this page a part of their passport. */
  share: CustomEvent<{ passport: SkillsPassportDocument }>;
  /** Something did not work. Never says anything of the person. */
  error: CustomEvent<{ code: SkillsPassportErrorCode; message?: string }>;
}

/** What attributes and properties say; each is an attribute too. */
export interface SkillsPassportSettings {
  lang?: string;
  framework?: string | null;
  bank?: string | null;
  mode?: SkillsPassportMode | null;
  /** Competences for the mode `focus`, for example `1.1, 4.2`. */
  focus?: string | null;
  /** The address of a catalogue, or the catalogue itself. */
  offers?: string | SkillsPassportOffers | null;
  theme?: SkillsPassportTheme | null;
  storage?: SkillsPassportStorage | null;
  assisted?: boolean;
}

export interface SkillsPassportElement extends HTMLElement {
  framework: string | null;
  bank: string | null;
  mode: SkillsPassportMode | null;
  /** The attribute `focus`; the property `focus` takes it too when it is set, and gives HTML's method when it is read. */
  focusOn: string | null;
  offers: string | SkillsPassportOffers | null;
  theme: SkillsPassportTheme | null;
  storage: SkillsPassportStorage | null;
  assisted: boolean;

  /** Begins, or goes on with answers that wait. */
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Offers the learner their passport as a file; the page gets nothing. */
  export(): Promise<void>;
  /** Adds a passport file to the learner's. Rejected with an `Error` that has `code` and `path`. */
  import(file: File | Blob | string): Promise<void>;
  /** Asks the learner for results, in a dialog that names this page. Nothing if they give nothing. */
  share(): Promise<SkillsPassportDocument | undefined>;
  /** Takes the element out of the page and everything out of memory, for good. */
  destroy(): void;

  addEventListener<K extends keyof SkillsPassportEventMap>(
    type: K,
    listener: (this: SkillsPassportElement, event: SkillsPassportEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: SkillsPassportElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SkillsPassportEventMap>(
    type: K,
    listener: (this: SkillsPassportElement, event: SkillsPassportEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** For JSX: `declare module "react" { namespace JSX { interface IntrinsicElements extends SkillsPassportJsx {} } }` */
export interface SkillsPassportJsx {
  "skills-passport": SkillsPassportSettings & {
    ref?: unknown;
    key?: string | number | null;
    id?: string;
    class?: string;
    className?: string;
    style?: unknown;
    onready?: (event: SkillsPassportEventMap["ready"]) => void;
    onstart?: (event: SkillsPassportEventMap["start"]) => void;
    onprogress?: (event: SkillsPassportEventMap["progress"]) => void;
    oncomplete?: (event: SkillsPassportEventMap["complete"]) => void;
    onshare?: (event: SkillsPassportEventMap["share"]) => void;
    onerror?: (event: SkillsPassportEventMap["error"]) => void;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "skills-passport": SkillsPassportElement;
  }
}
