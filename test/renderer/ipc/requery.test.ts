import { expect, test } from 'vitest';
import { createQuery } from '../../../renderer/ipc/requery.ts';

/** Replies when the test says so. */
function slowQuestion() {
  const waiting: ((answer: number) => void)[] = [];
  const told: number[] = [];
  let asked = 0;
  const ask = (): Promise<number> => {
    asked += 1;
    return new Promise((resolve) => waiting.push(resolve));
  };
  const answer = async (value: number): Promise<void> => {
    waiting.shift()?.(value);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { ask, told, tell: (value: number) => told.push(value), answer, asked: () => asked };
}

test('queries at once and returns the answer', async () => {
  const question = slowQuestion();
  createQuery(question.ask, question.tell);
  await question.answer(1);
  expect(question.told).toEqual([1]);
  expect(question.asked()).toBe(1);
});

test('covers all changes during a query with one more', async () => {
  const question = slowQuestion();
  const { again } = createQuery(question.ask, question.tell);
  again();
  again();
  again();
  expect(question.asked()).toBe(1);
  await question.answer(1);
  expect(question.asked()).toBe(2);
  await question.answer(2);
  expect(question.told).toEqual([1, 2]);
  expect(question.asked()).toBe(2);
});

test('queries again later', async () => {
  const question = slowQuestion();
  const { again } = createQuery(question.ask, question.tell);
  await question.answer(1);
  again();
  await question.answer(2);
  expect(question.told).toEqual([1, 2]);
});

test('returns nothing after it was stopped', async () => {
  const question = slowQuestion();
  const { again, stop } = createQuery(question.ask, question.tell);
  again();
  stop();
  await question.answer(1);
  again();
  expect(question.told).toEqual([]);
  expect(question.asked()).toBe(1);
});
