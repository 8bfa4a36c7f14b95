export interface Place {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

/** Thrown while XML is read, to stop there; caught by `readXml` alone. */
export class XmlFault extends Error {
  readonly fault: 'broken' | 'cut-off' | 'doctype' | 'too-large';
  readonly place: Place;

  constructor(fault: XmlFault['fault'], message: string, place: Place) {
    super(message);
    this.fault = fault;
    this.place = place;
  }
}
