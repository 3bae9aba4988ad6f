package dev.milvuso.trainer.evaluation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Means over users at k.
 *
 * @param unknownUsers test users, of those counted, whom the model has never seen
 * @param unknownItems held-out items of these users that the model has never seen; they count as missed
 * @param auc share of pairs of a held-out and another candidate that are in the right order, mean over users
 * @param coverage share of the catalogue that is in any list
 * @param diversity 1 − the share that two users' lists have in common, on average
 * @param intraListDiversity 1 − the cosine of two items of one list, on average
 * @param novelty mean self-information of listed items, in bits: −log2(share of training users that chose it)
 * @param averagePopularity how many training users chose a listed item, on average
 * @param gini how unequally the items of the catalogue are listed, 0 (all alike) to almost 1
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
        double auc,
        double coverage,
        double diversity,
        double intraListDiversity,
        double novelty,
        double averagePopularity,
        double gini,
        double seconds) {
    /** The same figures under the name of another protocol that has led to them. */
    public EvaluationResult under(String name) {
        return new EvaluationResult(
                name,
                k,
                users,
                unknownUsers,
                unknownItems,
                hr,
                ndcg,
                precision,
                recall,
                map,
                mrr,
                auc,
                coverage,
                diversity,
                intraListDiversity,
                novelty,
                averagePopularity,
                gini,
                seconds);
    }
}
