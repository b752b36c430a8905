import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../../shared/ask.js";
import type {
  WithdrawalCheckAnswer,
  WithdrawalFormAnswer,
  WithdrawalReceiptAnswer,
  WithdrawalWish,
} from "../../shared/contract/types.js";
import type { Shopify } from "../../shared/host.js";
import { Answered, Trouble } from "../../shared/states.js";
import { useAnswer } from "../../shared/use-answer.js";
import { Declare } from "./declare.js";
import { Elsewhere } from "./elsewhere.js";
import { Official } from "./official.js";
import { Rows } from "./rows.js";
import { useSending, type Sending } from "./use-sending.js";

/** The withdrawal function: two screens and a receipt, in official words, with nothing else on them. */
export function Withdrawal({ shopify, order }: { shopify: Shopify; order: string }) {
  const path = `account/orders/${order}/withdrawal`;
  const asked = useAnswer(() => ask<WithdrawalFormAnswer>(shopify, path), order);
  if (asked.answer) return <Screens shopify={shopify} path={path} form={asked.answer} />;
  return (
    <s-page>
      <Answered shopify={shopify} asked={asked} lines={4}>
        {() => null}
      </Answered>
      <Elsewhere shopify={shopify} asked={asked} />
    </s-page>
  );
}

function Screens({ shopify, path, form }: { shopify: Shopify; path: string; form: WithdrawalFormAnswer }) {
  const [wish, write] = useState<WithdrawalWish>(() => asOffered(form));
  const [check, see] = useState<WithdrawalCheckAnswer | null>(null);
  const [receipt, keep] = useState<WithdrawalReceiptAnswer | null>(null);
  const sending = useSending();
  const post = <A,>(to: string, body: unknown): Promise<A> => ask<A>(shopify, to, { method: "POST", body });
  const trouble = sending.fault ? <Trouble shopify={shopify} fault={sending.fault} /> : null;
  if (receipt) return <Receipt receipt={receipt} />;
  if (check && check.wrong.length === 0) {
    const confirm = async (): Promise<void> => keep(await post(path, { ...wish, form: check.form }));
    return (
      <Confirm check={check} sending={sending} confirm={() => sending.send(confirm)} change={() => see(null)}>
        {trouble}
      </Confirm>
    );
  }
  const look = async (): Promise<void> => see(await post(`${path}/check`, wish));
  const wrong = check?.wrong ?? [];
  return (
    <Declare form={form} wish={wish} write={write} wrong={wrong} sending={sending} send={() => sending.send(look)}>
      {trouble}
    </Declare>
  );
}

/** All of the order, as its shopper is known; less is for the shopper to say. */
function asOffered({ name, reference, reply_to, units }: WithdrawalFormAnswer): WithdrawalWish {
  return {
    name: name.value,
    reference: reference.value,
    reply_to: reply_to.value,
    units: units.map(({ line, quantity }) => ({ line, quantity })),
  };
}

interface Confirming {
  readonly check: WithdrawalCheckAnswer;
  readonly sending: Sending;
  readonly confirm: () => void;
  readonly change: () => void;
  readonly children: ComponentChildren;
}

function Confirm({ check, sending, confirm, change, children }: Confirming) {
  return (
    <s-page heading={check.heading}>
      <s-stack gap="large">
        {children}
        <Rows rows={check.rows} />
        <s-stack direction="inline" gap="base">
          <s-button variant="primary" loading={sending.isUnderWay} onClick={confirm}>
            <Official words={check.button} />
          </s-button>
          <s-button variant="secondary" onClick={change}>
            {check.change}
          </s-button>
        </s-stack>
      </s-stack>
    </s-page>
  );
}

function Receipt({ receipt }: { receipt: WithdrawalReceiptAnswer }) {
  return (
    <s-page heading={receipt.heading}>
      <s-stack gap="large">
        <Rows rows={receipt.rows} />
        <s-text>{receipt.text}</s-text>
        <s-link href={receipt.receipt.url} target="_blank">
          {receipt.receipt.text}
        </s-link>
      </s-stack>
    </s-page>
  );
}
