package dev.milvuso.server.recommend;

/** Scores the candidates anew and brings them into that order. Safe for use by many threads. */
@FunctionalInterface
public interface Ranking {
    void rank(Visit visit, Candidates candidates);
}
