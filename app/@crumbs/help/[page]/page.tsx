import { placeAt } from "#app/@crumbs/place.tsx";

export default placeAt("/help/[page]");
