/** The deployable: it turns actions into feature snapshots, profiles and item statistics. */
@NullMarked
package dev.milvuso.feature.worker;

import org.jspecify.annotations.NullMarked;
