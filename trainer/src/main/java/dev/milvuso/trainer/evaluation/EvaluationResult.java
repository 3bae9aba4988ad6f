package dev.milvuso.trainer.evaluation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Means over users at k.
 *
 * @param unknownUsers test users, of those counted, whom the model has never seen
 * @param unknownItems held-out items of these users that the model has never seen; they count as missed
 * @param coverage share of the catalogue that is in any list
 * @param diversity 1 − the share that two users' lists have in common, on average
 * @param novelty mean self-information of listed items, in bits: −log2(share of training users that chose it)
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EvaluationResult(
        String protocol,
        int k,
        int users,
        int unknownUsers,
        int unknownItems,
        double hr,
        double ndcg,
        double precision,
        double recall,
        double map,
        double mrr,
        double coverage,
        double diversity,
        double novelty,
        double seconds) {}
