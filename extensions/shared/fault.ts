/** Why there is no answer: `status` is 0 where nobody was reached, `detail` the server's own sentence, if it said one. */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(status: number, code = "", detail = "") {
    super(code || `${status}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }

  /** Whether the same question may be answered a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

/** Any error as a fault; what is none of ours is taken for a server that was not reached. */
export function faultOf(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault(0);
}
