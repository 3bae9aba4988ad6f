/** What is known of users and items: arithmetic alone, no input or output. */
@NullMarked
package dev.milvuso.feature.profile;

import org.jspecify.annotations.NullMarked;
