// What pages bring along and the standard types don't know: the libraries' own names, Vue's mark on an element, and parts
// of browsers that are newer than the types.
interface Window {
  jQuery: any;
  moment: any;
  layui: any;
  $dp: any;
  WdatePicker: any;
  // The names that the tool makes up, different in every run.
  [secret: string]: any;
}

interface Element {
  __vue__?: any;
}

interface IntersectionObserverEntry {
  readonly isVisible: boolean;
}

interface IntersectionObserverInit {
  trackVisibility?: boolean;
  delay?: number;
}
