import { describe, expect, it } from 'vitest';
import { EventRing } from '../src/event-ring.ts';

const event = (revision: number, at: number) => ({
  revision,
  key: `/k/${revision}`,
  current: undefined,
  previous: undefined,
  at,
});

describe('event ring', () => {
  it('drops the oldest when it is full of old events', () => {
    const ring = new EventRing(1000);
    for (let i = 1; i <= 150; i++) ring.push(event(i, i * 1000));
    expect(ring.capacity).toBe(100);
    expect(ring.length).toBe(100);
    expect(ring.at(0)!.revision).toBe(51);
    expect(ring.at(99)!.revision).toBe(150);
    expect(ring.at(100)).toBeUndefined();
  });

  it('doubles while its oldest event is still fresh, keeping every event', () => {
    const ring = new EventRing(1000);
    for (let i = 1; i <= 1000; i++) ring.push(event(i, 5));
    expect(ring.capacity).toBe(1600);
    expect(ring.length).toBe(1000);
    expect(ring.at(0)!.revision).toBe(1);
  });

  it('halves when even its newest quarter is old, down to the smallest', () => {
    const ring = new EventRing(1000);
    for (let i = 1; i <= 400; i++) ring.push(event(i, 0));
    expect(ring.capacity).toBe(400);
    for (let i = 401; i <= 900; i++) ring.push(event(i, 10_000 * i));
    expect(ring.capacity).toBe(100);
    expect(ring.at(ring.length - 1)!.revision).toBe(900);
  });

  it('finds where history goes on after a revision', () => {
    const ring = new EventRing(1000);
    for (const revision of [3, 5, 5, 9]) ring.push(event(revision, 0));
    expect([2, 3, 4, 5, 8, 9, 10].map((r) => ring.indexAfter(r))).toEqual([0, 1, 1, 3, 3, 4, 4]);
  });
});
