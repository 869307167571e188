/**
 * Returns how many wrong entries the broker still allows, as in "4 attempts left" or "remaining attempts: 2"; null
 * when its words do not say.
 */
export function attemptsLeftIn(brokerWords: string | null): number | null {
  const words = (brokerWords ?? '').replace(/\s+/g, ' ')
  for (const phrase of countPhrases) {
    const found = phrase.exec(words)?.[1]?.toLowerCase()
    if (found !== undefined) return numbers.includes(found) ? numbers.indexOf(found) : Number(found)
  }
  return lastPhrase.test(words) ? 1 : null
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five']
const count = `\\b(\\d{1,2}|${numbers.join('|')})\\b`
const countOf = `${count}(?: ?(?:of|out of|/) ?(?:your |the )?\\w+)?`
const ofWhat = '(?:login|wrong|incorrect|invalid|failed|unsuccessful|password|m?pin|t?otp|code)'
const tries = `(?:${ofWhat} )*(?:attempt|chance|(?:re)?tr(?:y|ie)|entr(?:y|ie))(?:s|\\(s\\))?`
const colon = '(?: (?:is|are))?[ :=(-]{1,4}'
const countPhrases = [
  `${countOf} (?:more )?${tries} (?:is |are )?(?:left|remain)`,
  `${countOf} (?:more|remaining) ${tries}`,
  `\\bleft with (?:only )?${countOf} ${tries}`,
  `\\b(?:remaining|left) ${tries}${colon}${count}`,
  `\\b${tries} (?:left|remaining)${colon}${count}`,
].map((phrase) => new RegExp(phrase, 'i'))

/** "Your last attempt failed" is about the past and counts nothing, so `last` alone does not match. */
const lastPhrase = new RegExp(
  [
    `\\b(?:is|one|have|with) (?:your |the |a |only )*last ${tries}`,
    `\\blast ${tries} (?:left|remain|before)`,
    `(?:^|[.!,] ?)last ${tries}(?:[.!]|$)`,
  ].join('|'),
  'i',
)
