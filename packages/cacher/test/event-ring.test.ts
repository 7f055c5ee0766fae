import { describe, expect, it } from 'vitest';
import { capacityBound, EventRing } from '../src/event-ring.ts';

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

describe('the bound of the ring', () => {
  it.each([
    [30_000, 102_400],
    [75_000, 102_400],
    [76_000, 204_800],
    [150_000, 204_800],
    [151_000, 409_600],
    [600_000, 819_200],
  ])('%i ms of history: %i events', (freshness, bound) => {
    expect(capacityBound(freshness)).toBe(bound);
  });

  it('positions go on through growth, shrinkage and clear', () => {
    const resized: [number, number][] = [];
    const ring = new EventRing(1000, (from, to) => resized.push([from, to]));
    for (let i = 1; i <= 150; i++) ring.push(event(i, 0));
    expect([ring.first, ring.end, ring.atPosition(149)!.revision]).toEqual([0, 150, 150]);
    for (let i = 151; i <= 500; i++) ring.push(event(i, i * 10_000));
    expect(ring.atPosition(499)!.revision).toBe(500);
    expect(ring.atPosition(ring.first)!.revision).toBe(ring.first + 1);
    expect(ring.atPosition(ring.first - 1)).toBeUndefined();
    ring.clear();
    expect(ring.length).toBe(0);
    expect(ring.first).toBeGreaterThan(500);
    expect(resized).toEqual([
      [100, 200],
      [200, 100],
    ]);
  });
});
