package dev.milvuso.server.http;

import dev.milvuso.action.Erasure;
import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.server.rules.QueryFilter;
import dev.milvuso.server.rules.RuleStore;
import dev.milvuso.server.rules.Rules;
import dev.milvuso.server.users.SimilarUsers;
import dev.milvuso.server.users.UserRecord;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What routes ask beside the recommender.
 *
 * @param lists not personal, each with a route of its name
 * @param popular one of them
 * @param calls that wait for PostgreSQL
 * @param vectors calls that wait for the vector store
 * @param erased takes a user's vector out of the vector store
 * @param batches the threads that make lists for many users at once
 * @param forget makes this instance forget a user
 */
public record Site(
        ItemFilters filters,
        QueryFilter queryFilter,
        List<CandidateSource> lists,
        CandidateSource popular,
        SimilarItems similarItems,
        TextIndex texts,
        RuleStore ruleStore,
        Rules rules,
        UserRecord users,
        SimilarUsers similarUsers,
        RecordCalls calls,
        RecordCalls vectors,
        Consumer<UserId> erased,
        Consumer<Erasure> forget,
        EventStreams streams,
        ExecutorService batches) {}
