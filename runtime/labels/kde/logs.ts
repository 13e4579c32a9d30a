/** What a probability of 0 is raised to at least, so that logarithms stay finite. */
const least = 1e-300;

/** ln of each probability, those below the floor raised to it and nothing renormalised. */
export const logsOf = (probabilities: Float64Array, floor: number): Float64Array =>
  probabilities.map((p) => Math.log(Math.max(p, floor, least)));
