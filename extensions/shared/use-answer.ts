import { useEffect, useState } from "preact/hooks";
import { faultOf, type Fault } from "./fault.js";

/** What was asked: neither `answer` nor `fault` while it is under way. */
export interface Asked<A> {
  readonly answer: A | null;
  readonly fault: Fault | null;
  readonly again: () => void;
}

/** Asks when `key` changes and when asked to again; an answer to an earlier question is dropped. */
export function useAnswer<A>(load: () => Promise<A>, key: string): Asked<A> {
  const [kept, keep] = useState<{ key: string; answer: A | null; fault: Fault | null } | null>(null);
  const [count, again] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const settle = (answer: A | null, fault: Fault | null): void => {
      if (isWanted) keep({ key, answer, fault });
    };
    load().then(
      (answer) => settle(answer, null),
      (error: unknown) => settle(null, faultOf(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [key, count]);
  const mine = kept?.key === key ? kept : null;
  return {
    answer: mine?.answer ?? null,
    fault: mine?.fault ?? null,
    again: () => {
      keep(null);
      again(count + 1);
    },
  };
}
