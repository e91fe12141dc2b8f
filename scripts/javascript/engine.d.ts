// What the parts of the page engine hand each other. Elements are loosely typed: a selector says what one is, no type does.
type El = any;
type Answer =
  | "not-found" | "ambiguous" | "hidden" | "read-only" | "no-such-option" | "unsupported"
  | "not-taken" | "page-error" | "person" | "posts" | "apart" | null;
type Written = Answer | void | Promise<Answer | void>;

// One value to be written; `accepted` are the exact texts that may be chosen.
interface Order {
  id: number;
  value: any;
  accepted: string[];
}

// How one kind of control of one library is found, read and written (docs: how to add a library, in CONTRIBUTING.md).
interface Kind {
  kind: string;
  selector: string;
  library?: string;
  when?(root: El): boolean;
  root?(element: El): El;
  field?(root: El): El;
  face?(root: El): El;
  label?(root: El): string;
  read(root: El): string | boolean | string[] | null;
  write?(root: El, order: Order): Written;
  ask?(root: El, order: Order): boolean | Promise<boolean>;
  readOnly?(root: El): boolean;
  disabled?(root: El): boolean;
  options?(root: El): string[] | null;
  offers?(root: El): Promise<string[] | null>;
  files?(root: El): El;
  groups?: boolean;
  silent?: boolean;
  picks?: boolean;
  opens?: boolean;
}

interface Library {
  name: string;
  kinds: Kind[];
  items?: { root: string; label: string; body?: string; required?: string; star?: string; error?: string }[];
  tables?: {
    root: string;
    headers(table: El): string[];
    rows(table: El): El[];
    cells?(row: El): El[];
    entered?(row: El): boolean;
  }[];
  headings?: string;
  heads?: string;
  selected?: string;
  dialogs?: string;
  popups?: string;
  replaced?: string;
}

type TextOf = (element: El) => string;
type Chosen<T> = [T, null] | [null, Answer];
type More = Partial<Kind> & Record<string, any>;

// How long each thing is waited for, in milliseconds (EngineClock, assistant/page/engine/__init__.py).
type Clock = Record<
  | "patience" | "opening" | "closing" | "listing" | "loading" | "searching" | "search_silence"
  | "suggesting" | "walking" | "taking" | "sending",
  number
>;

interface Core {
  // core
  libraries: Library[];
  headings: string;
  heads: string;
  selected: string;
  dialogs: string;
  itemBodies: string;
  FIELDS: string;
  clock: Clock;
  attempt<T>(read: () => T, otherwise: T): T;
  elementOf(id: number): El;
  everywhere(root: El, selector: string): El[];
  fold(text: string): string;
  idOf(element: El): number;
  nameText(element: El): string;
  saidText(element: El): string;
  inPopup(element: El): boolean;
  leaving(element: El): boolean;
  parentOf(node: El): El;
  recall(root: El, shown: string): string;
  remember(root: El, shown: string, asked: string): void;
  shownText(element: El, left?: (node: El) => boolean): string;
  squeeze(text: string): string;
  standingStill<T>(read: () => T): T;
  stillness(): El[] | null;
  textOf: TextOf;
  tick(): Promise<void>;
  until<T>(test: () => T, limit?: number): Promise<T | null>;
  visible(element: El): boolean;
  // layout
  besideText(field: El): string;
  // naming
  PRESSABLE: string;
  TAKES_FILES: RegExp;
  ariaName(element: El): string;
  beside(field: El): string;
  buttonText(element: El): string;
  cellLabel(element: El): string;
  nearbyText(element: El, headings?: boolean, takesFile?: boolean): string;
  otherNames(root: El, field: El, kind: Kind, label: string): string[];
  contextOf(element: El, memo: Map<El, El>): string[];
  itemOf(element: El): { found: El; item: Library["items"][0] } | null;
  labelOf(of: El, field: El, kind: Kind, columnOf: (root: El) => string): [text: string, source: string];
  // seeing
  facts(labels: string[]): Record<string, string[]>;
  fieldOf(root: El, kind?: Partial<Kind>): El;
  kindOf: WeakMap<El, Kind>;
  look(allNames?: boolean): Record<string, any>;
  openDialogs(): El[];
  openRows(): { row: El; root: El; headers: string[]; cells: El[] }[];
  sees(texts: string[]): string[];
  shows(titles: string[]): boolean;
  stateOf(root: El, kind: Kind, field: El): { value: any; read_only: boolean; enabled: boolean; visible: boolean };
  // motion, timers
  hasten(now: boolean): void;
  watchTimers(): void;
  leaveTimers(): void;
  calm(quiet: number, limit: number): Promise<void>;
  // quiet
  leaveChanges(): void;
  loaded(limit?: number): Promise<void>;
  settle(quiet: number, limit: number, waited?: number): Promise<void>;
  // writing
  acts(): number;
  attend(round: number): void;
  enterText(field: El, text: string): void;
  exactly(items: El[], accepted: string[], textFor?: TextOf): Chosen<El>;
  fire(target: El, type: string, init?: object): boolean;
  give(gifts: { id: number; name: string; type: string; content: string }[]): Answer[];
  insert(id: number, text: string): Promise<Answer>;
  key(target: El, name: string, code: number): void;
  offers(id: number): Promise<string[] | null>;
  own(popup: El): El;
  setNative(field: El, text: string): void;
  tap(element: El): void;
  type(field: El, text: string): void;
  write(orders: Order[]): Promise<{ id: number; reason: Answer; ms: number }[]>;
  // pressing
  press(texts: string[], dialog: boolean, ask?: boolean): Promise<Answer>;
  pressables(texts: string[], scope: El): El[];
  // moves
  all(root: El, selector: string): El[];
  answer(items: El[], free: El[], accepted: string[], text: TextOf): Chosen<El>;
  closes(popup: El, field: El): Promise<boolean>;
  each(items: El[], value: any[], textFor?: TextOf): Chosen<El[]>;
  enter(field: El, value: string): Promise<Answer>;
  isOff(item: El): boolean;
  opened(selector: string): El[];
  opens(selector: string, act: () => unknown, limit?: number): Promise<El>;
  seen(popup: El): boolean;
  heldBy(root: El, face?: El): string[] | null;
  chipsIn(box: El): El[];
  chipText(chip: El): string;
  takeOff(box: El, text: string): Promise<boolean>;
  bearers(part: El): El[];
  bears(one: El): boolean;
  popupOf(root: El): El | null;
  there(element: El): boolean;
  tickBox(kind: string, selector: string, more?: More): Kind;
  ticks(kind: string, selector: string, more: More): Kind;
  typed(kind: string, selector: string, more?: More): Kind;
  walk(accepted: string[], way: { level(depth: number, above: El): El[]; text?: TextOf; off?(node: El): boolean; press(node: El, last: boolean): unknown }): Promise<Answer>;
  // appearing
  appears(root: El, act: () => unknown, limit?: number): Promise<El>;
  // drop_downs, upload_windows
  dropDown(spec: Record<string, any>): { one(selector: string, more?: More): Kind; many(selector: string, more?: More): Kind };
  scrolledThrough(list: El, test: () => El): Promise<El>;
  filesBeside(root: El): string[];
  uploadWindow(selector: string, dialogs: string, more?: { inside?: string; close?: string }): Kind;
  // calendars
  dateParts(iso: string): number[];
  heading(text: string): number[];
  monthNamed(text: string): number;
  pad(part: string | number): string;
  spoken(iso: string, format: string): string;
  turn(shows: () => number[], buttons: Record<"yearBack" | "yearOn" | "monthBack" | "monthOn", () => El>, day: number[], doubted?: boolean): Promise<boolean>;
  // any_calendar
  leaveCalendar(popup: El, field: El, done: boolean): Promise<void>;
  pickDay(popup: El, field: El, iso: string): Promise<Answer>;
  pressDay(popup: El, iso: string): Promise<Answer>;
  showsDay(shown: string, iso: string): boolean;
  // pickers
  calendarKinds(parts: { selector: string; popup: string; off(root: El): boolean; isMonth?(root: El): boolean; range?: string; press?(field: El): El; toYear?(calendar: El, year: string): Promise<void> }): Kind[];
  columns(parts: { selector: string; popup: string; column: string; node: string; text?: TextOf; press(root: El): El; shown: TextOf; off(root: El): boolean; pick?(node: El): El }): Kind;
  // assembly
  assemble(libraries: Library[]): object;
}
