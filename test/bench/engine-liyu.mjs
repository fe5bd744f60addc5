// Liyu's own ways to grade, customer by customer.

export function grade(grader) {
  return {
    id: 'grade',
    what: 'grade, explained',
    gradeAll: (rows) => rows.map((row) => grader.grade(row)),
    pass: (rows) => {
      let sum = 0;
      for (const row of rows) sum += grader.grade(row).score;
      return sum;
    },
  };
}

export function decide(grader) {
  return {
    id: 'decide',
    what: 'decide, the decision alone',
    gradeAll: (rows) => rows.map((row) => grader.decide(row)),
    pass: (rows) => {
      let sum = 0;
      for (const row of rows) sum += grader.decide(row).score;
      return sum;
    },
  };
}
