package dev.milvuso.vector;

import java.time.Duration;
import java.util.Map;

/**
 * What a store did for a search, as far as it says.
 *
 * @param exact whether every row that could be found was scored
 * @param why in a sentence for people, with the structure that was used
 * @param candidates rows that were good enough to be looked at one by one, of all queries together
 * @param stages what took how long, in order
 */
public record SearchProfile(boolean exact, String why, long candidates, Map<String, Duration> stages) {}
