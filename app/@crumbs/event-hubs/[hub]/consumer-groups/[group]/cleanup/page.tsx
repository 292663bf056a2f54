import { placeAt } from "#app/@crumbs/place.tsx";

export default placeAt("/event-hubs/[hub]/consumer-groups/[group]/cleanup");
