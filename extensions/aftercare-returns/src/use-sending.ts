import { useState } from "preact/hooks";
import { faultOf, type Fault } from "../../shared/fault.js";

export interface Sending {
  readonly isUnderWay: boolean;
  readonly fault: Fault | null;
  readonly send: (act: () => Promise<void>) => void;
}

/** Sends one thing at a time; what was entered stays where it is when that fails. */
export function useSending(): Sending {
  const [isUnderWay, go] = useState(false);
  const [fault, fail] = useState<Fault | null>(null);
  return {
    isUnderWay,
    fault,
    send: (act) => {
      if (isUnderWay) return;
      go(true);
      fail(null);
      act()
        .catch((error: unknown) => fail(faultOf(error)))
        .finally(() => go(false));
    },
  };
}
