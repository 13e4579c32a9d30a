import * as brackets from './brackets.ts';
import { type Explanation, type Fault, type Finding, unexpected } from './fault.ts';
import * as names from './names.ts';
import * as signs from './signs.ts';
import * as values from './values.ts';

/** From the most specific to the most general. */
const explanations: readonly Explanation[] = [
  brackets.tooDeep,
  brackets.tooLong,
  names.reservedWord,
  brackets.closesNothing,
  brackets.missingOpening,
  brackets.unclosedBracket,
  brackets.wrongBracket,
  brackets.options,
  names.misspeltFactor,
  signs.wrongSign,
  signs.missingSign,
  signs.argumentWithoutColon,
  signs.missingComma,
  names.secondParent,
  names.misspeltOfHead,
  values.sideBySide,
  values.missingValue,
  values.secondComparison,
  names.misspeltDeclaration,
];

/** One message for one fault: the first explanation that fits. */
export function explain(fault: Fault): Finding {
  for (const explanation of explanations) {
    const finding = explanation(fault);
    if (finding) return finding;
  }
  return unexpected(fault);
}
