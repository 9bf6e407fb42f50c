/** What differs between Claude models in how they are asked. A name we do not know is taken for a new model. */
export interface Abilities {
  /** Knows `output_config.format`; older models answer through a tool. */
  outputFormat: boolean;
  /** How it is told to think: by effort, by a budget of tokens, or not at all. */
  thinking: "effort" | "budget" | "none";
}

const THINKS_NOT = /^claude-(2|instant|3-(opus|sonnet|haiku|5))/;
const THINKS_BY_BUDGET = /^claude-(3-7|(sonnet|opus|haiku)-4(-[015])?(-20\d{6}|-latest)?$|4-)/;
const KNOWS_NO_FORMAT = /^claude-(2|instant|3|(sonnet|opus)-4(-0)?(-20\d{6})?$)/;

export function abilitiesOf(model: string): Abilities {
  const thinking = THINKS_NOT.test(model) ? "none" : THINKS_BY_BUDGET.test(model) ? "budget" : "effort";
  return { outputFormat: !KNOWS_NO_FORMAT.test(model), thinking };
}
